import { useSyncExternalStore } from 'react';
import type { ConnectionState } from '../../../shared/socket-link.js';
import { createConnection } from '../../../shared/ticket-stream.js';
import { session } from '../session/session.js';

let state: ConnectionState = 'connecting';
const listeners = new Set<() => void>();

/** The page's one live connection. It opens when the first ticket or the board needs it. */
export const connection = createConnection({
  url: '',
  token: session.token,
  onState: (next) => {
    state = next;
    for (const listener of listeners) listener();
  },
});

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

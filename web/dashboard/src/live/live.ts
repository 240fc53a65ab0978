import { useSyncExternalStore } from 'react';
import { DESK_URL } from '../../../shared/desk-url.js';
import type { ConnectionState } from '../../../shared/socket-link.js';
import { createConnection } from '../../../shared/ticket-stream.js';
import { session } from '../session/session.js';

let state: ConnectionState = 'connecting';
const listeners = new Set<() => void>();

/** The page's one live connection. It opens when the first ticket or the board needs it. */
export const connection = createConnection({
  url: DESK_URL,
  token: session.token,
  onState: (next) => {
    state = next;
    for (const listener of listeners) listener();
  },
  onProblem: report,
});

/** The server also says in words what acks and states already show; only faults of this page are news. */
function report(problem: unknown): void {
  if (problem instanceof Error) reportError(problem);
}

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

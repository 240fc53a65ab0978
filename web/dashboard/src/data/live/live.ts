import { useSyncExternalStore } from 'react';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { DESK_URL } from '../../../../shared/desk-url.js';
import type { ConnectionState } from '../../../../client/live/socket-link.js';
import type { TicketStream } from '../../../../client/live/ticket-stream.js';
import { createConnection } from '../../../../client/live/connection.js';
import { session } from '../session/session.js';

let state: ConnectionState = 'connecting';
const listeners = new Set<() => void>();

export type StaffStream = TicketStream<StaffEventPayload>;

/** The page's one live connection. It opens when the first ticket or the board needs it. */
export const connection = createConnection<StaffEventPayload>({
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

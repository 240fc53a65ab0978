import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { DESK_URL } from '../../../../shared/desk-url.js';
import type { TicketStream } from '../../../../client/live/ticket-stream.js';
import { createConnection } from '../../../../client/live/connection.js';
import { session } from '../session/session.js';

export type StaffStream = TicketStream<StaffEventPayload>;

/** The page's one live connection. It opens when the first ticket or the board needs it. */
export const connection = createConnection<StaffEventPayload>({
  url: DESK_URL,
  token: session.token,
  onProblem: report,
});

/** The server also says in words what acks and states already show; only faults of this page are news. */
function report(problem: unknown): void {
  if (problem instanceof Error) reportError(problem);
}

import type { TicketStatus } from '../../../../../src/contract/ticket-status.js';

type Ending = Extract<TicketStatus, 'resolved' | 'closed' | 'cancelled'>;

const OVER: ReadonlySet<TicketStatus> = new Set<Ending>(['resolved', 'closed', 'cancelled']);

/** Whether the conversation has come to an end. A reply still reopens a resolved one. */
export function isOver(status: TicketStatus): status is Ending {
  return OVER.has(status);
}

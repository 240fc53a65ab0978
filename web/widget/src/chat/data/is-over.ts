import type { TicketStatus } from '../../../../../src/contract/ticket-status.js';

const OVER: ReadonlySet<TicketStatus> = new Set(['resolved', 'closed', 'cancelled']);

/** Whether the conversation has come to an end. A reply still reopens a resolved one. */
export function isOver(status: TicketStatus): boolean {
  return OVER.has(status);
}

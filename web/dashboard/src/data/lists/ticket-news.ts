import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { StaffTicket, TicketFiling } from '../../../../../src/contract/events/staff-ticket.js';

/** What has become of one ticket: what lists need to stay true without being loaded again. */
export interface TicketNews {
  readonly ticket: StaffTicket;
  /** Null for a new ticket. */
  readonly before: TicketFiling | null;
  /** Null when the ticket is permanently deleted. */
  readonly after: TicketFiling | null;
}

/** The news of a transaction, told by its last event; undefined for the events before it, and for those of a catch-up. */
export function newsOf({ ticket, before = null, seq, type }: StaffEventPayload): TicketNews | undefined {
  if (ticket?.seq !== seq) return undefined;
  return { ticket, before, after: type === 'ticket.deleted' ? null : ticket };
}

interface Row {
  readonly id: string;
  readonly updatedAt: string;
}

/** As the server sorts: the last changed first. */
export function isNewer(one: Row, other: Row): boolean {
  if (one.updatedAt !== other.updatedAt) return one.updatedAt > other.updatedAt;
  return one.id > other.id;
}

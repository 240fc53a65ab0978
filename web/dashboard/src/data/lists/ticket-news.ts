import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { StaffTicket, TicketFiling } from '../../../../../src/contract/events/staff-ticket.js';
import { PRIORITIES } from '../../../../../src/contract/ticket-fields.js';

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

type Row = Pick<StaffTicket, 'id' | 'createdAt' | 'updatedAt' | 'priority' | 'waitingSince'>;

/** As the server sorts: the last changed first. */
export function isNewer(one: Row, other: Row): boolean {
  if (one.updatedAt !== other.updatedAt) return one.updatedAt > other.updatedAt;
  return one.id > other.id;
}

/** As the server sorts its queue: the most urgent first, then who waits longest, then those who do not wait. */
export function isAhead(one: Row, other: Row): boolean {
  const [mine, theirs] = [one.waitingSince, other.waitingSince];
  if (!mine || !theirs) return mine || theirs ? Boolean(mine) : isNewer(one, other);
  const urgency = PRIORITIES.indexOf(one.priority) - PRIORITIES.indexOf(other.priority);
  if (urgency !== 0) return urgency > 0;
  return mine === theirs ? one.id < other.id : mine < theirs;
}

import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { StaffTicket, TicketFiling } from '../../../../../src/contract/events/staff-ticket.js';
import { PRIORITIES } from '../../../../../src/contract/ticket-fields.js';

/** What has become of one ticket: what lists need to stay true without being loaded again. */
export interface TicketNews {
  readonly id: string;
  readonly seq: number;
  /** When the ticket was last changed. */
  readonly at: string;
  /** Undefined when a message changed nothing else: it is the one that is known already, with this `seq` and this time. */
  readonly ticket: StaffTicket | undefined;
  /** Null for a new ticket. */
  readonly before: TicketFiling | null;
  /** Null when the ticket is permanently deleted. */
  readonly after: TicketFiling | null;
}

/** The news of a transaction, told by its last event; undefined for the events before it, and for those of a catch-up. */
export function newsOf(event: StaffEventPayload): TicketNews | undefined {
  const { ticketId: id, ticket, before, seq, at, type } = event;
  if (before === undefined || (ticket !== undefined && ticket.seq !== seq)) return undefined;
  const after = type === 'ticket.deleted' ? null : (ticket ?? before);
  return { id, seq, at: ticket?.updatedAt ?? at, ticket, before, after };
}

/** The ticket with the news in it; undefined when the list does not know it and the news do not bring it. */
export function rowAfter(known: StaffTicket | undefined, news: TicketNews): StaffTicket | undefined {
  return news.ticket ?? (known && { ...known, seq: news.seq, updatedAt: news.at });
}

/** How the ticket is filed after a live event; undefined for those of a catch-up. */
export function filingAfter({ ticket, before }: StaffEventPayload): TicketFiling | undefined {
  return ticket ?? before ?? undefined;
}

type Row = Pick<StaffTicket, 'id' | 'updatedAt' | 'priority' | 'waitingSince'>;

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

/** Whether a list of this order would show a ticket that it does not know, now that a message has touched it. */
export function isInSight(
  { id, at, before }: TicketNews,
  rows: readonly Row[],
  { hasMore, precedes }: { hasMore: boolean; precedes: (one: Row, other: Row) => boolean },
): boolean {
  if (before === null || !hasMore) return true;
  const touched = {
    id,
    updatedAt: at,
    priority: before.priority,
    waitingSince: before.waitingSince,
  };
  return rows.some((row) => precedes(touched, row));
}

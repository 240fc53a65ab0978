/** The states a ticket can be in; domain/tickets/ticket.transitions.ts says which may follow which. */
export const TICKET_STATUSES = [
  'new',
  'pending',
  'waiting_for_donor',
  'active_call',
  'transferred',
  'resolved',
  'closed',
  'cancelled',
] as const;

export type TicketStatus = (typeof TICKET_STATUSES)[number];

/** Statuses in which somebody still owes somebody something. */
export const OPEN_STATUSES = [
  'new',
  'pending',
  'waiting_for_donor',
  'active_call',
  'transferred',
] as const satisfies readonly TicketStatus[];

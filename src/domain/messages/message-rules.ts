import type { TicketStatus } from '../../contract/ticket-status.js';

/** Statuses in which nobody can write to the donor or to staff any more. */
export const CLOSED_FOR_MESSAGES: readonly TicketStatus[] = ['closed', 'cancelled'];

/** A donor's word puts the next step with staff; a resolved ticket opens again. Statuses that are missing stay. */
export const AFTER_DONOR_MESSAGE: Partial<Record<TicketStatus, TicketStatus>> = {
  waiting_for_donor: 'pending',
  resolved: 'pending',
};

/** A reply puts the next step with the donor. Only the new owner's reply ends a transfer. */
export const AFTER_STAFF_MESSAGE: Partial<Record<TicketStatus, TicketStatus>> = {
  pending: 'waiting_for_donor',
};
export const AFTER_OWNER_MESSAGE: Partial<Record<TicketStatus, TicketStatus>> = {
  ...AFTER_STAFF_MESSAGE,
  transferred: 'waiting_for_donor',
};

/** How long a donor may change what was written, in ms. */
export const DONOR_EDIT_WINDOW = 15 * 60 * 1_000;

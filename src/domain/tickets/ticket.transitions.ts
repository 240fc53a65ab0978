import type { TicketStatus } from '../../contract/ticket-status.js';

/** Which status may follow which (domain.md, "Ticket status"). Pure data: the diagram in docs/ is printed from it. */
export const TRANSITIONS: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  new: ['pending', 'active_call', 'transferred', 'resolved', 'closed', 'cancelled'],
  pending: ['waiting_for_donor', 'active_call', 'transferred', 'resolved', 'closed', 'cancelled'],
  waiting_for_donor: ['pending', 'active_call', 'transferred', 'resolved', 'closed', 'cancelled'],
  active_call: ['pending', 'new', 'transferred', 'resolved', 'closed'],
  transferred: [
    'pending',
    'waiting_for_donor',
    'active_call',
    'transferred',
    'resolved',
    'closed',
    'cancelled',
  ],
  resolved: ['pending', 'closed'],
  closed: ['pending'],
  cancelled: ['pending'],
};

/** True when a ticket may go from one status to the other. */
export function canMove(from: TicketStatus, to: TicketStatus): boolean {
  return TRANSITIONS[from].includes(to);
}

/** Statuses that end the conversation: an open call ends with them and pending call requests expire. */
export const ENDING_STATUSES: ReadonlySet<TicketStatus> = new Set(['resolved', 'closed', 'cancelled']);

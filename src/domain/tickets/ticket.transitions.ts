import type { TicketStatus } from '../../contract/ticket-status.js';

/** Which status may follow which. Pure data: the diagram in docs/ is printed from it. */
export const TRANSITIONS: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  new: ['pending', 'active_call', 'transferred', 'resolved', 'closed', 'cancelled'],
  pending: ['new', 'waiting_for_donor', 'active_call', 'transferred', 'resolved', 'closed', 'cancelled'],
  waiting_for_donor: ['pending', 'new', 'active_call', 'transferred', 'resolved', 'closed', 'cancelled'],
  active_call: ['pending', 'new', 'transferred', 'resolved', 'closed'],
  transferred: [
    'pending',
    'new',
    'waiting_for_donor',
    'active_call',
    'transferred',
    'resolved',
    'closed',
    'cancelled',
  ],
  resolved: ['pending', 'new', 'closed'],
  closed: ['pending', 'new'],
  cancelled: ['pending', 'new'],
};

/** True when a ticket may go from one status to the other. */
export function canMove(from: TicketStatus, to: TicketStatus): boolean {
  return TRANSITIONS[from].includes(to);
}

/** Statuses that end the conversation: an open call ends with them and pending call requests expire. */
export const ENDING_STATUSES: ReadonlySet<TicketStatus> = new Set(['resolved', 'closed', 'cancelled']);

import type { Priority } from '../../contract/ticket-fields.js';
import type { Audience } from '../../domain/timeline/event-payload.js';
import type { TicketRow } from '../../domain/timeline/ticket-event.js';
import { toDonorTicket, toStaffTicket } from '../../domain/tickets/ticket.mapper.js';

/** domain.md, "Words": S5 knows three levels. */
const ISSUE_LEVEL: Record<Priority, string> = {
  low: 'NORMAL',
  medium: 'NORMAL',
  high: 'URGENT',
  urgent: 'CRITICAL',
};

/** S5 §Ticket Object beside our own shape. How staff sort their work stays with staff, under either name. */
export function toClosedTicket(ticket: TicketRow, audience: Audience): Record<string, unknown> {
  const s5 = {
    user_id: ticket.donorId,
    topic: ticket.subject ?? '',
    created_at: ticket.createdAt.getTime(),
    updated_at: ticket.updatedAt.getTime(),
    // We do not tell S5's TEMP_USER from its CUSTOMER: both are donors.
    user_role: 'CUSTOMER',
  };
  if (audience === 'donor') return { ...toDonorTicket(ticket), ...s5 };
  return {
    ...toStaffTicket(ticket),
    ...s5,
    support_role: ticket.team,
    issue_level: ISSUE_LEVEL[ticket.priority as Priority],
  };
}

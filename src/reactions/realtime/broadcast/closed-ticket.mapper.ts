import { isDelegatedKey } from '../../../domain/auth/owner-key.js';
import type { Audience } from '../../../domain/event-log/event-payload.js';
import type { TicketRow } from '../../../domain/event-log/rows.js';
import { toDelegatedTicket } from '../../../domain/tickets/reading/delegated-ticket.mapper.js';
import { donorColumns, staffColumns } from '../../../domain/tickets/ticket.mapper.js';

/**
 * The Ticket object of the delegated-auth API beside our own shape. Donors of that API see its level and team; how staff sort
 * other donors' tickets stays with staff, under either name.
 */
export function toClosedTicket(ticket: TicketRow, audience: Audience): Record<string, unknown> {
  const fields = toDelegatedTicket(ticket);
  if (audience === 'staff') return { ...staffColumns(ticket), ...fields };
  if (ticket.ownerKey !== null && isDelegatedKey(ticket.ownerKey))
    return { ...donorColumns(ticket), ...fields };
  const { support_role: _team, issue_level: _level, ...others } = fields;
  return { ...donorColumns(ticket), ...others };
}

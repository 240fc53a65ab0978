import type { Priority } from '../../../contract/ticket-fields.js';
import type { Actor } from '../../auth/actor.js';
import type { TicketRow } from '../../event-log/rows.js';
import { toDonorTicket, toStaffTicket } from '../ticket.mapper.js';
import type {
  AdminResponse,
  DelegatedTicketResponse,
  DonorTicketFields,
  StaffTicketFields,
} from '../ticket-shapes.js';

/** The delegated-auth API knows three levels. */
const ISSUE_LEVEL: Record<Priority, string> = {
  low: 'NORMAL',
  medium: 'NORMAL',
  high: 'URGENT',
  urgent: 'CRITICAL',
};

/** The Ticket object of the delegated-auth API: times in ms since the epoch, and a text wherever that API has one. */
export function toDelegatedTicket(ticket: TicketRow): DelegatedTicketResponse {
  return {
    id: ticket.id,
    user_id: ticket.donorId,
    topic: ticket.subject ?? '',
    description: ticket.description ?? '',
    status: ticket.status,
    created_at: ticket.createdAt.getTime(),
    updated_at: ticket.updatedAt.getTime(),
    user_role: ticket.donorRole ?? (ticket.ownerKey === null ? 'TEMP_USER' : 'CUSTOMER'),
    support_role: ticket.team,
    issue_level: issueLevel(ticket),
  };
}

function issueLevel({ priority }: TicketRow): string {
  return ISSUE_LEVEL[priority];
}

/** A ticket as this actor reads it: the shape of staff or of donors, and the other API's fields beside it for its bearers. */
export function toTicket(
  actor: Actor,
  ticket: TicketRow,
  admin: AdminResponse | null,
): StaffTicketFields | DonorTicketFields {
  const shape = actor.kind === 'staff' ? toStaffTicket(ticket, admin) : toDonorTicket(ticket, admin);
  return { ...shape, ...delegatedFields(actor, ticket) };
}

/** The fields of the delegated-auth API for bearers of its tokens; none for anybody else. */
export function delegatedFields(actor: Actor, ticket: TicketRow): Partial<DelegatedTicketResponse> {
  const isBearer = (actor.kind === 'staff' || actor.kind === 'donor') && actor.delegated !== undefined;
  return isBearer ? toDelegatedTicket(ticket) : {};
}

import type { TicketFiling } from '../../contract/events/staff-ticket.js';
import type { OwnerColumns, TicketRow } from '../event-log/rows.js';
import { proofFacts } from './donor-proof.js';
import type { AdminResponse, DonorTicketFields, StaffTicketFields } from './ticket-shapes.js';

const iso = (date: Date | null): string | null => (date === null ? null : date.toISOString());

/** Staff's view. `admin` is the owner, null when nobody owns the ticket. */
export function toStaffTicket(ticket: TicketRow, admin: AdminResponse | null): StaffTicketFields {
  return { ...staffColumns(ticket), admin };
}

/** The same without the owner, for events that carry the row alone. */
export function staffColumns(ticket: TicketRow): Omit<StaffTicketFields, 'admin'> {
  return {
    id: ticket.id,
    number: ticket.number,
    donorId: ticket.donorId,
    donorEmail: ticket.donorEmail,
    donorName: ticket.donorName,
    ...proofFacts(ticket),
    channel: ticket.channel,
    externalId: ticket.externalId,
    subject: ticket.subject,
    description: ticket.description,
    category: ticket.category,
    priority: ticket.priority,
    status: ticket.status,
    team: ticket.team,
    adminId: ticket.adminId,
    callRequested: ticket.callRequested,
    callType: ticket.callType,
    activeCallId: ticket.activeCallId,
    callbackDueAt: iso(ticket.callbackDueAt),
    callbackPhone: ticket.callbackPhone,
    tags: ticket.tags,
    context: ticket.context,
    summary: ticket.summary,
    helpfulNotes: ticket.helpfulNotes,
    relatedSkills: ticket.relatedSkills,
    triagedAt: iso(ticket.triagedAt),
    rating: ticket.rating,
    ratingComment: ticket.ratingComment,
    ...progressOf(ticket),
    version: ticket.version,
    seq: ticket.lastSeq,
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
  };
}

/** How far it has come. */
function progressOf(ticket: TicketRow) {
  return {
    firstResponseAt: iso(ticket.firstResponseAt),
    resolvedAt: iso(ticket.resolvedAt),
    resolvedById: ticket.resolvedById,
    closedAt: iso(ticket.closedAt),
    waitingSince: iso(ticket.waitingSince),
  };
}

/** By what lists file it. */
export function filingOf(ticket: TicketRow): TicketFiling {
  const { status, priority, category, adminId, callbackDueAt, waitingSince } = ticket;
  return {
    ...{ status, priority, category, adminId },
    ...{ callbackDueAt: iso(callbackDueAt), waitingSince: iso(waitingSince) },
  };
}

/** The donor's view: nothing of how staff work, no email address of theirs. */
export function toDonorTicket(ticket: TicketRow, admin: AdminResponse | null): DonorTicketFields {
  const owner = admin === null ? null : { name: admin.name, avatar: admin.avatar };
  return { ...donorColumns(ticket), admin: owner };
}

/** The same without the owner, for events that carry the row alone. */
export function donorColumns(ticket: TicketRow): Omit<DonorTicketFields, 'admin'> {
  return {
    id: ticket.id,
    number: ticket.number,
    donorId: ticket.donorId,
    donorEmail: ticket.donorEmail,
    donorName: ticket.donorName,
    subject: ticket.subject,
    description: ticket.description,
    category: ticket.category,
    status: ticket.status,
    callRequested: ticket.callRequested,
    callType: ticket.callType,
    adminId: ticket.adminId,
    activeCallId: ticket.activeCallId,
    callbackDueAt: iso(ticket.callbackDueAt),
    callbackPhone: ticket.callbackPhone,
    rating: ticket.rating,
    ratingComment: ticket.ratingComment,
    seq: ticket.lastPublicSeq,
    resolvedAt: iso(ticket.resolvedAt),
    closedAt: iso(ticket.closedAt),
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
  };
}

/** The owner of a row that was read with it; null when nobody owns it. */
export function ownerOf(ticket: TicketRow & OwnerColumns): AdminResponse | null {
  if (ticket.adminId === null || ticket.adminName === null) return null;
  return {
    id: ticket.adminId,
    name: ticket.adminName,
    username: ticket.adminUsername ?? '',
    avatar: ticket.adminAvatar ?? null,
  };
}

import type { StaffTicket } from '../../../../../src/contract/events/staff-ticket.js';
import type { Dashboard } from '../api.js';
import type { TicketsPage } from './tickets-query.js';

/** Data for specifications of lists. */
export const ME = 7;
export const ADA = { id: ME, name: 'Ada', username: 'ada', avatar: '/api/v1/avatars/ada.webp' };

export function ticketOf(id: string, fields: Partial<StaffTicket> = {}): StaffTicket {
  return {
    ...{
      id,
      number: `TKT-${id}`,
      donorId: 'd',
      donorEmail: null,
      donorName: `Dora ${id}`,
      donorVerified: false,
    },
    ...{ donorProof: null, donorUnproven: [], subject: 'Help', description: null, category: null },
    ...{ priority: 'medium', status: 'new', team: 'GENERAL', channel: 'widget', externalId: null },
    ...{ adminId: null, admin: null, callRequested: false, callType: null, activeCallId: null },
    ...{ callbackDueAt: null, callbackPhone: null, tags: [], context: {}, summary: null, helpfulNotes: null },
    ...{ relatedSkills: [], triagedAt: null, rating: null, ratingComment: null, firstResponseAt: null },
    ...{ resolvedAt: null, resolvedById: null, closedAt: null, waitingSince: null, version: 1, seq: 1 },
    ...{ createdAt: '2026-11-20T10:00:00.000Z', updatedAt: '2026-11-20T10:00:00.000Z' },
    ...fields,
  };
}

const otherColumns = {
  pendingTickets: [],
  waitingTickets: [],
  activeCallTickets: [],
  transferredTickets: [],
};

export function boardOf(newTickets: StaffTicket[], total = newTickets.length): Dashboard {
  const counts = { new: total, pending: 0, waiting: 0, activeCall: 0, transferred: 0, total };
  const unassigned = { new: total, activeCall: 0, total };
  return { newTickets, ...otherColumns, counts: { ...counts, unassigned, capped: false } };
}

export const pageOf = (tickets: StaffTicket[], total = tickets.length, next?: string): TicketsPage => ({
  ...{ tickets, total, isEstimate: false, next },
});

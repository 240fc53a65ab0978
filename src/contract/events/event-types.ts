/** Every kind of row that the event log of a ticket can hold. A new one needs data (event-data.ts) and a line in PUBLIC_DATA. */
export const TICKET_EVENT_TYPES = [
  'ticket.created',
  'ticket.updated',
  'ticket.assigned',
  'ticket.transferred',
  'ticket.status_changed',
  'ticket.priority_changed',
  'ticket.triaged',
  'ticket.rated',
  'ticket.reminded',
  'ticket.deleted',
  'message.posted',
  'message.edited',
  'message.deleted',
  'messages.read',
  'call.requested',
  'call.accepted',
  'call.rejected',
  'call.cancelled',
  'call.expired',
  'call.started',
  'call.joined',
  'call.ended',
  'attachment.added',
] as const;

export type TicketEventType = (typeof TICKET_EVENT_TYPES)[number];

import type { ActorType } from './roles.js';

/** Every kind of row the event log of a ticket can hold. */
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

/** Types a donor never sees; notes are withheld by their message type instead. */
export const STAFF_ONLY_EVENTS: ReadonlySet<TicketEventType> = new Set([
  'ticket.priority_changed',
  'ticket.triaged',
  'ticket.reminded',
]);

/** Ticket fields whose change a donor may see. */
export const PUBLIC_TICKET_FIELDS = [
  'subject',
  'description',
  'category',
  'callType',
  'donorName',
  'donorEmail',
  'callbackDueAt',
  'callbackPhone',
] as const;

export interface EventActor {
  type: ActorType;
  id: string | null;
  name?: string;
  avatar?: string | null;
  /** Written without a token, by somebody who had the ticket's id: the donor, or whoever else knows it. */
  via?: 'link';
}

/** One event as it travels: live over a socket or in a catch-up, the same object. `seq` is the receiver's own stream. */
export interface TicketEventPayload {
  ticketId: string;
  seq: number;
  type: TicketEventType;
  at: string;
  actor: EventActor;
  [field: string]: unknown;
}

/** Answer of a catch-up. `reset`: too far behind, fetch a fresh snapshot and go on from `seq`. */
export interface CatchUp {
  events: TicketEventPayload[];
  seq: number;
  reset?: true;
}

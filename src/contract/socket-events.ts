import type { ErrorCode, SocketFailure } from './error-codes.js';
import type { CatchUp, EventActor, TicketEventPayload } from './events/event-payload.js';
import type { TicketEventType } from './events/event-types.js';
import type { MessagePayload } from './events/message-payload.js';

/** The socket event that carries each type of the log (older clients know these names). */
export const SOCKET_EVENT_OF = {
  'ticket.created': 'ticket:new',
  'ticket.updated': 'ticket:updated',
  'ticket.assigned': 'ticket:assigned',
  'ticket.transferred': 'ticket:transferred',
  'ticket.status_changed': 'ticket:status',
  'ticket.priority_changed': 'ticket:priority',
  'ticket.triaged': 'ticket:triaged',
  'ticket.rated': 'ticket:rated',
  'ticket.reminded': 'ticket:reminded',
  'ticket.deleted': 'ticket:deleted',
  'message.posted': 'message',
  'message.edited': 'edit_message',
  'message.deleted': 'delete_message',
  'messages.read': 'messages:read',
  'call.requested': 'call:requested',
  'call.accepted': 'call:accepted',
  'call.rejected': 'call:rejected',
  'call.cancelled': 'call:cancelled',
  'call.expired': 'call:expired',
  'call.started': 'call:started',
  'call.joined': 'call:joined',
  'call.ended': 'call:ended',
  'attachment.added': 'attachment:added',
} as const satisfies Record<TicketEventType, string>;

export type LogSocketEvent = (typeof SOCKET_EVENT_OF)[TicketEventType];

export type Ack<T> = ({ ok: true } & T) | SocketFailure;
type Reply<T> = (answer: Ack<T>) => void;

/** Somebody in a call of the direct provider. `id` is what `call:signal` takes as `to`. */
export interface CallPeer {
  id: string;
  role: 'donor' | 'admin';
  name?: string;
}

/** What the desk is called and looks like; null where nobody has set it. */
export interface DeskPayload {
  name: string | null;
  colour: string | null;
  logoUrl: string | null;
}

/** Somebody began to type, or stopped. */
export interface TypingPayload {
  ticketId: string;
  actor: EventActor;
  isTyping: boolean;
}

/** A member of staff who looks at a ticket. */
export interface Viewer {
  id: number;
  name: string;
  avatar: string | null;
}

/** The reader has marked a ticket as read up to there, in their own stream. */
export interface UnreadPayload {
  ticketId: string;
  seq: number;
}

export interface ViewersPayload {
  ticketId: string;
  viewers: Viewer[];
}

/** What a client may send; every event is acknowledged. */
export interface ClientEvents {
  authorize: (body: { token: string }, reply?: Reply<{ actor: 'donor' | 'staff' }>) => void;
  join_ticket: (
    body: { ticketId: string; donorId?: string; lastSeq?: number },
    reply?: Reply<CatchUp>,
  ) => void;
  leave_ticket: (body: { ticketId: string }, reply?: Reply<object>) => void;
  'ticket:typing': (body: { ticketId: string; isTyping: boolean }, reply?: Reply<object>) => void;
  'message:send': (
    body: { ticketId: string; content: string; clientMessageId: string; attachmentIds?: string[] },
    reply?: Reply<{ message: MessagePayload & { seq: number } }>,
  ) => void;
  'message:read': (body: { ticketId: string; upToSeq: number }, reply?: Reply<object>) => void;
  admin_join_ticket_monitor: (body?: object, reply?: Reply<object>) => void;
  admin_leave_ticket_monitor: (body?: object, reply?: Reply<object>) => void;
  'ticket:viewing': (body: { ticketId: string }, reply?: Reply<object>) => void;
  /** `token` is the call token of POST /calls/:id/join. The one who enters calls the peers of the answer. */
  'call:enter': (
    body: { callId: string; token: string },
    reply?: Reply<{ self: string; peers: CallPeer[] }>,
  ) => void;
  'call:leave': (body: { callId: string }, reply?: Reply<object>) => void;
  /** To one peer, or to everybody else in the call. */
  'call:signal': (body: { callId: string; to?: string; data: unknown }, reply?: Reply<object>) => void;
}

/** What the server may send. */
export type ServerEvents = Record<LogSocketEvent, (event: TicketEventPayload) => void> & {
  ticket_closed: (ticket: Record<string, unknown>) => void;
  error: (error: { message: string; error?: ErrorCode }) => void;
  'ticket:head': (head: { ticketId: string; seq: number }) => void;
  'ticket:typing': (typing: TypingPayload) => void;
  'ticket:viewers': (viewers: ViewersPayload) => void;
  /** To the reader's own sockets: so all their pages agree. */
  unread: (seen: UnreadPayload) => void;
  presence: (presence: { userId: number; availability: string }) => void;
  'desk:updated': (desk: DeskPayload) => void;
  /** Who is in the call now; `ended` when it is over. */
  'call:peers': (call: { callId: string; peers: CallPeer[]; ended?: true }) => void;
  'call:signal': (signal: { callId: string; from: string; data: unknown }) => void;
};

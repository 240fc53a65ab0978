import type { TicketEventData } from './event-data.js';
import type { TicketEventType } from './event-types.js';

/** Names fields of `D`: `true` for the whole of one, a list for parts of one. */
type PublicFields<D> = { readonly [F in keyof D]?: true | readonly (keyof NonNullable<D[F]>)[] };

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

/** Donors learn the name and picture of staff. */
const PUBLIC_ADMIN = ['name', 'avatar'] as const;

const CALL_REQUEST = { requestId: true, mode: true } as const;

/** What donors see of each type of event; everything that is not named stays with staff. Notes are withheld as a whole. */
export const PUBLIC_DATA = {
  'ticket.created': { number: true, subject: true, category: true, callType: true, status: true },
  'ticket.updated': { changes: PUBLIC_TICKET_FIELDS },
  'ticket.assigned': { admin: PUBLIC_ADMIN },
  'ticket.transferred': { admin: PUBLIC_ADMIN },
  'ticket.status_changed': { from: true, to: true },
  'ticket.priority_changed': {},
  'ticket.triaged': {},
  'ticket.rated': { rating: true, comment: true },
  'ticket.reminded': {},
  'ticket.deleted': {},
  'message.posted': { message: true },
  'message.edited': { message: true },
  'message.deleted': { message: true },
  // `upToSeq` is counted in the donor's own stream.
  'messages.read': { senderType: true, upToSeq: true, readAt: true, messageId: true, isRead: true },
  'call.requested': { ...CALL_REQUEST, message: true, expiresAt: true, callId: true },
  'call.accepted': CALL_REQUEST,
  'call.rejected': CALL_REQUEST,
  'call.cancelled': CALL_REQUEST,
  'call.expired': { ...CALL_REQUEST, callbackDueAt: true },
  'call.started': { callId: true, callType: true, initiatedBy: true, startedAt: true },
  'call.joined': { callId: true, role: true },
  'call.ended': { callId: true, callType: true, endedAt: true, endReason: true },
  'attachment.added': { attachmentId: true, fileName: true, mimeType: true, size: true },
} as const satisfies { readonly [T in TicketEventType]: PublicFields<TicketEventData[T]> };

/** The part of `D` that `P` names; what may be missing in `D` may be missing here. */
type Named<D, P> = {
  [F in keyof D as F extends keyof P ? F : never]: F extends keyof P
    ? P[F] extends readonly (infer Part extends keyof NonNullable<D[F]>)[]
      ? Pick<NonNullable<D[F]>, Part> | Extract<D[F], null>
      : D[F]
    : never;
};

/** What each type of event says, to donors. */
export type PublicEventData = {
  [T in TicketEventType]: Named<TicketEventData[T], (typeof PUBLIC_DATA)[T]>;
};

import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { WaitingCallRequest } from '../api.js';

type Requests = readonly WaitingCallRequest[];

const OVER = new Set(['call.accepted', 'call.rejected', 'call.cancelled', 'call.expired']);

/** Who waits for a call after this event, which says all that a ringing card shows. */
export function waitingAfter(requests: Requests, event: StaffEventPayload): Requests {
  const { ticket, ticketId } = event;
  if (event.type === 'ticket.deleted') return requests.filter((request) => request.ticketId !== ticketId);
  const rest = 'requestId' in event ? requests.filter(({ id }) => id !== event.requestId) : requests;
  if (OVER.has(event.type) || ticket === undefined) return rest;
  // Not before the last event of the transaction: a request that somebody takes is still to be told of as it was.
  const isLast = ticket.seq === event.seq;
  const told = isLast
    ? rest.map((known) => (known.ticketId === ticketId ? { ...known, ticket } : known))
    : rest;
  if (event.type !== 'call.requested') return told;
  const { requestId: id, mode, message, expiresAt, callId = null, at } = event;
  const times = { createdAt: at, updatedAt: at, expiresAt };
  return [
    ...told,
    { id, ticketId, ticket, mode, message, callId, adminId: null, status: 'PENDING', ...times },
  ];
}

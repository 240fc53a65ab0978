import {
  PUBLIC_TICKET_FIELDS,
  type EventActor,
  type TicketEventPayload,
} from '../../contract/ticket-events.js';
import { toMessagePayload } from './message-payload.js';
import type { EventData, TicketEvent } from './ticket-event.js';

export type Audience = 'staff' | 'donor';

/** Facts of an event that a donor may read, by type; a type that is missing here shows a donor none of its data. */
const DONOR_FACTS: Partial<Record<TicketEvent['type'], readonly string[]>> = {
  'ticket.created': ['number', 'subject', 'category', 'callType', 'status'],
  'ticket.assigned': ['admin'],
  'ticket.transferred': ['admin'],
  'ticket.status_changed': ['from', 'to'],
  'ticket.rated': ['rating', 'comment'],
  'messages.read': ['senderType', 'readAt', 'messageId', 'isRead'],
  'call.requested': ['requestId', 'mode', 'message', 'expiresAt'],
  'call.accepted': ['requestId', 'mode'],
  'call.rejected': ['requestId', 'mode'],
  'call.cancelled': ['requestId', 'mode'],
  'call.expired': ['requestId', 'mode', 'callbackDueAt'],
  'call.started': ['callType', 'initiatedBy', 'startedAt'],
  'call.joined': ['role'],
  'call.ended': ['callType', 'endedAt', 'endReason'],
  'attachment.added': ['attachmentId', 'fileName', 'mimeType', 'size'],
};

function donorFacts(event: TicketEvent): EventData {
  if (event.type === 'ticket.updated') {
    const changes = event.data.changes as EventData;
    return { changes: pick(changes, PUBLIC_TICKET_FIELDS) };
  }
  const facts = pick(event.data, DONOR_FACTS[event.type] ?? []);
  if (facts.admin !== undefined && facts.admin !== null)
    facts.admin = pick(facts.admin as EventData, ['name', 'avatar']);
  if (event.type === 'messages.read') facts.upToSeq = event.data.upToPublicSeq;
  return facts;
}

function pick(source: EventData, names: readonly string[]): EventData {
  return Object.fromEntries(names.filter((name) => name in source).map((name) => [name, source[name]]));
}

/** Donors learn the name and picture of staff, never an internal id beyond what messages show. */
function actorFor(event: TicketEvent, audience: Audience): EventActor {
  if (audience === 'staff' || event.actor.type !== 'admin') return event.actor;
  return {
    type: 'admin',
    id: event.actor.id,
    name: event.actor.name ?? '',
    avatar: event.actor.avatar ?? null,
  };
}

/** An event as it travels, live or in a catch-up. Null when this audience must not see it. */
export function toEventPayload(event: TicketEvent, audience: Audience): TicketEventPayload | null {
  const seq = audience === 'staff' ? event.seq : event.publicSeq;
  if (seq === null) return null;
  return {
    ...(audience === 'staff' ? event.data : donorFacts(event)),
    ...(event.message !== null && toMessagePayload(event.message)),
    ...(event.callId !== null && { callId: event.callId }),
    ticketId: event.ticketId,
    seq,
    type: event.type,
    at: event.at.toISOString(),
    actor: actorFor(event, audience),
  };
}

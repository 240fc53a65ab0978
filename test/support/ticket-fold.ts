import type { TicketEventPayload } from '../../src/contract/events/event-payload.js';
import { ok, type Answer, type Client } from './client.js';

type Fields = Answer['body'];

/** What a client shows of a ticket. */
export interface TicketView {
  ticket: Fields;
  /** By id, in the order of their place. */
  messages: Map<string, Fields>;
}

/** Fields that no event carries: times of bookkeeping, the version, and the tokens of calls. */
const NOT_FOLDED = [
  ...['updatedAt', 'version', 'resolvedAt', 'resolvedById', 'closedAt', 'firstResponseAt', 'activeCall'],
  'waitingSince',
  // Donors learn name and picture of the owner only.
  'adminId',
];

/** A fresh look at the ticket through the routes that a client would use. */
export async function fetchView(client: Client, ticketId: string): Promise<TicketView> {
  const [ticket, messages] = [
    await ok(client.get(`/tickets/${ticketId}`)),
    await ok(client.get(`/tickets/${ticketId}/messages`)),
  ];
  return { ticket, messages: new Map(messages.map((message: Fields) => [message.id, message])) };
}

/** Everything after a place, page by page. */
export async function eventsAfter(
  client: Client,
  ticketId: string,
  after: number,
  limit = 1_000,
): Promise<TicketEventPayload[]> {
  const events: TicketEventPayload[] = [];
  for (let place = after; ; place = events.at(-1)!.seq) {
    const page = await ok(client.get(`/tickets/${ticketId}/events?after=${place}&limit=${limit}`));
    events.push(...page.events);
    if (page.events.length < limit) return events;
  }
}

/** What a client makes of one event. */
export function apply({ ticket, messages }: TicketView, event: TicketEventPayload): void {
  const facts: Fields = event;
  if (event.seq <= ticket.seq) return;
  ticket.seq = event.seq;
  const type: string = event.type;
  switch (type) {
    case 'ticket.updated':
      Object.assign(ticket, facts.changes);
      return;
    case 'ticket.assigned':
    case 'ticket.transferred':
      ticket.admin = facts.admin;
      return;
    case 'ticket.status_changed':
      ticket.status = facts.to;
      return;
    case 'ticket.priority_changed':
      ticket.priority = facts.to;
      return;
    case 'ticket.rated':
      Object.assign(ticket, { rating: facts.rating, ratingComment: facts.comment });
      return;
    case 'message.posted':
      messages.set(facts.id, messageOf(facts, event.seq));
      return;
    case 'message.edited':
    case 'message.deleted':
      messages.set(facts.id, messageOf(facts, messages.get(facts.id).seq));
      return;
    case 'messages.read':
      markRead(messages, facts);
      return;
    case 'call.started':
      Object.assign(ticket, { activeCallId: facts.callId, callType: facts.callType, callRequested: true });
      return;
    case 'call.ended':
      ticket.activeCallId = null;
      return;
  }
}

function messageOf({ type: _type, at: _at, actor: _actor, ...message }: Fields, seq: number): Fields {
  return { ...message, seq };
}

/** One message when the event names it, else all of that side up to a place. */
function markRead(messages: Map<string, Fields>, facts: Fields): void {
  for (const message of messages.values()) {
    const named = facts.messageId === undefined ? undefined : message.id === facts.messageId;
    const meant = message.senderType === facts.senderType && message.messageType === 'text';
    if (named ?? (meant && message.seq <= facts.upToSeq && !message.isRead)) {
      Object.assign(message, { isRead: facts.isRead ?? true, readAt: facts.readAt });
    }
  }
}

/** A view without what events do not carry, to compare one that was folded with one that was fetched. */
export function comparable({ ticket, messages }: TicketView): unknown {
  const kept = Object.fromEntries(Object.entries(ticket).filter(([name]) => !NOT_FOLDED.includes(name)));
  const shown = [...messages.values()].sort((a, b) => a.seq - b.seq);
  return {
    ticket: kept,
    // Reading moves no time that a fetch shows as an edit.
    messages: shown.map(({ updatedAt: _updatedAt, updated_at: _updated, ...message }) => message),
  };
}

import type { TicketEventPayload } from '../../../../src/contract/ticket-events.js';
import type { TicketEventType } from '../../../../src/contract/events/event-types.js';
import { answer, api, asStaffTicket, type Message, type Ticket } from '../app/api.js';

/** One ticket as this page knows it: what was loaded, and every event since. */
export interface Snapshot {
  readonly ticket: Ticket;
  /** Oldest first, without a gap down to the newest. */
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  /** It is permanently deleted; somebody deleted it while we looked. */
  readonly isDeleted: boolean;
}

type Facts = (event: TicketEventPayload) => Partial<Ticket>;
type Rewriting = (messages: readonly Message[], event: TicketEventPayload) => readonly Message[];

const PAGE_SIZE = 100;

/** The ticket first, the messages after it: so they hold everything up to the ticket's `seq`, which the stream goes on from. */
export async function loadSnapshot(ticketId: string): Promise<Snapshot> {
  const ticket = await loadTicket(ticketId);
  const messages = await loadMessages(ticketId);
  return { ticket, messages, hasOlder: messages.length === PAGE_SIZE, isDeleted: false };
}

export async function loadTicket(id: string): Promise<Ticket> {
  return asStaffTicket(await answer(api.GET('/api/v1/tickets/{id}', { params: { path: { id } } })));
}

/** The page of messages before those that are here. */
export async function loadOlder({
  ticket,
  messages,
}: Snapshot): Promise<Pick<Snapshot, 'messages' | 'hasOlder'>> {
  const older = await loadMessages(ticket.id, messages[0]?.seq);
  return { messages: older, hasOlder: older.length === PAGE_SIZE };
}

export function withOlder(snapshot: Snapshot, older: Pick<Snapshot, 'messages' | 'hasOlder'>): Snapshot {
  const first = snapshot.messages[0]?.seq ?? Infinity;
  const before = older.messages.filter(({ seq }) => seq < first);
  return { ...snapshot, messages: [...before, ...snapshot.messages], hasOlder: older.hasOlder };
}

/** A row that was loaded again; an older one than what is here is dropped. */
export function withTicket(snapshot: Snapshot, ticket: Ticket): Snapshot {
  return ticket.seq < snapshot.ticket.seq ? snapshot : { ...snapshot, ticket };
}

/** Everything the log says about the thread, and what it says at once about the ticket itself. */
export function applyEvents(snapshot: Snapshot, events: readonly TicketEventPayload[]): Snapshot {
  return events.reduce(applyEvent, snapshot);
}

/** Whether an event changes more of the ticket than it tells. */
export function changesTicket({ type }: { readonly type: TicketEventType }): boolean {
  return !type.startsWith('message') && type !== 'ticket.deleted';
}

function applyEvent(snapshot: Snapshot, event: TicketEventPayload): Snapshot {
  const { ticket, messages, isDeleted } = snapshot;
  const seq = Math.max(ticket.seq, event.seq);
  return {
    ticket: { ...ticket, ...ticketFacts(event), seq },
    messages: REWRITINGS[event.type]?.(messages, event) ?? messages,
    hasOlder: snapshot.hasOlder,
    isDeleted: isDeleted || event.type === 'ticket.deleted',
  };
}

function ticketFacts(event: TicketEventPayload): Partial<Ticket> {
  return TICKET_FACTS[event.type]?.(event) ?? {};
}

const newOwner: Facts = ({ admin }) => {
  const owner = admin as Ticket['admin'];
  return { admin: owner, adminId: owner?.id ?? null };
};

const TICKET_FACTS: Partial<Record<TicketEventType, Facts>> = {
  'ticket.status_changed': ({ to }) => ({ status: to as Ticket['status'] }),
  'ticket.priority_changed': ({ to }) => ({ priority: to as Ticket['priority'] }),
  'ticket.assigned': newOwner,
  'ticket.transferred': newOwner,
  'ticket.updated': ({ changes }) => changes as Partial<Ticket>,
  'ticket.rated': ({ rating, comment = null }) => ({
    rating: rating as number,
    ratingComment: comment as string | null,
  }),
  'call.expired': ({ callbackDueAt = null }) => ({ callbackDueAt: callbackDueAt as string | null }),
  'call.ended': () => ({ activeCallId: null }),
};

const rewrite: Rewriting = (messages, event) => {
  // The event's `seq` is its own place in the log, not the message's.
  const { id, content, editedAt, deletedAt } = event as unknown as Message;
  return messages.map((message) =>
    message.id === id ? { ...message, content, editedAt, deletedAt } : message,
  );
};

const REWRITINGS: Partial<Record<TicketEventType, Rewriting>> = {
  'message.posted': (messages, event) => {
    const message = event as unknown as Message;
    return messages.some(({ id }) => id === message.id) ? messages : [...messages, message];
  },
  'message.edited': rewrite,
  'message.deleted': rewrite,
  'messages.read': (messages, event) =>
    messages.map((message) => (isMarked(message, event) ? marked(message, event) : message)),
};

function isMarked({ id, senderType, seq }: Message, event: TicketEventPayload): boolean {
  if (typeof event.messageId === 'string') return event.messageId === id;
  return event.senderType === senderType && seq <= Number(event.upToSeq);
}

function marked(message: Message, { isRead = true, readAt }: TicketEventPayload): Message {
  if (message.isRead === isRead) return message;
  return { ...message, isRead: isRead === true, readAt: (readAt ?? null) as string | null };
}

async function loadMessages(ticketId: string, before?: number): Promise<readonly Message[]> {
  const query = { limit: PAGE_SIZE, ...(before !== undefined && { before }) };
  return answer(api.GET('/api/v1/tickets/{ticketId}/messages', { params: { path: { ticketId }, query } }));
}

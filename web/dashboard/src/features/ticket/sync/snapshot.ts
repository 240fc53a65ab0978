import type { StaffEventPayload } from '../../../../../../src/contract/events/event-payload.js';
import type { TicketEventType } from '../../../../../../src/contract/events/event-types.js';
import { answer, api, asStaffMessage, asStaffTicket, type Message, type Ticket } from '../../../data/api.js';

/** One ticket as this page knows it: what was loaded, and every event since. */
export interface Snapshot {
  readonly ticket: Ticket;
  /** The newest event in it; the ticket itself may be newer, when a response has brought it. */
  readonly seq: number;
  /** Oldest first, without a gap down to the newest. */
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  /** It is permanently deleted; somebody deleted it while we looked. */
  readonly isDeleted: boolean;
}

type Facts = { readonly [T in TicketEventType]?: (event: StaffEventPayload<T>) => Partial<Ticket> };
type Messages = readonly Message[];
type Rewritings = {
  readonly [T in TicketEventType]?: (messages: Messages, event: StaffEventPayload<T>) => Messages;
};

const PAGE_SIZE = 100;

/** The ticket first, the messages after it: so they hold everything up to the ticket's `seq`, which the stream goes on from. */
export async function loadSnapshot(ticketId: string): Promise<Snapshot> {
  const ticket = await loadTicket(ticketId);
  const messages = await loadMessages(ticketId);
  return { ticket, seq: ticket.seq, messages, hasOlder: messages.length === PAGE_SIZE, isDeleted: false };
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

/** With the ticket of a response or an event; one that is older than what is here is dropped. */
export function withTicket(snapshot: Snapshot, ticket: Ticket): Snapshot {
  return ticket.seq < snapshot.ticket.seq ? snapshot : { ...snapshot, ticket };
}

/** Everything the log says about the thread, and what it says at once about the ticket itself. */
export function applyEvents(snapshot: Snapshot, events: readonly StaffEventPayload[]): Snapshot {
  return events.reduce(applyEvent, snapshot);
}

/** Whether an event changes more of the ticket than it tells: those of a catch-up come without the ticket. */
export function changesTicket({ type, ticket }: StaffEventPayload): boolean {
  return ticket === undefined && !type.startsWith('message');
}

function applyEvent<T extends TicketEventType>(snapshot: Snapshot, event: StaffEventPayload<T>): Snapshot {
  const { messages, isDeleted } = snapshot;
  return {
    ...(event.ticket === undefined ? withFacts(snapshot, event) : withTicket(snapshot, event.ticket)),
    seq: Math.max(snapshot.seq, event.seq),
    messages: REWRITINGS[event.type]?.(messages, event) ?? messages,
    isDeleted: isDeleted || event.type === 'ticket.deleted',
  };
}

/** What an event of a catch-up says of the ticket; a ticket that is newer knows it already. */
function withFacts<T extends TicketEventType>(snapshot: Snapshot, event: StaffEventPayload<T>): Snapshot {
  const { ticket } = snapshot;
  if (event.seq <= ticket.seq) return snapshot;
  return { ...snapshot, ticket: { ...ticket, ...TICKET_FACTS[event.type]?.(event), seq: event.seq } };
}

const newOwner = ({ admin }: Pick<Ticket, 'admin'>) => ({ admin, adminId: admin?.id ?? null });

const TICKET_FACTS: Facts = {
  'message.posted': ({ at }) => ({ updatedAt: at }),
  'ticket.status_changed': ({ to }) => ({ status: to }),
  'ticket.priority_changed': ({ to }) => ({ priority: to }),
  'ticket.assigned': newOwner,
  'ticket.transferred': newOwner,
  'ticket.updated': ({ changes }) => changes,
  'ticket.rated': ({ rating, comment }) => ({ rating, ratingComment: comment }),
  'call.expired': ({ callbackDueAt = null }) => ({ callbackDueAt }),
  'call.ended': () => ({ activeCallId: null }),
};

/** The event's `seq` is its own place in the log, not the message's. */
function rewrite(
  messages: Messages,
  { id, content, editedAt, deletedAt }: Pick<Message, 'id' | 'content' | 'editedAt' | 'deletedAt'>,
): Messages {
  return messages.map((message) =>
    message.id === id ? { ...message, content, editedAt, deletedAt } : message,
  );
}

const REWRITINGS: Rewritings = {
  'message.posted': (messages, event) =>
    messages.some(({ id }) => id === event.id) ? messages : [...messages, event],
  'message.edited': rewrite,
  'message.deleted': rewrite,
  'messages.read': (messages, event) =>
    messages.map((message) => (isMarked(message, event) ? marked(message, event) : message)),
};

type Read = StaffEventPayload<'messages.read'>;

function isMarked({ id, senderType, seq }: Message, event: Read): boolean {
  if (event.messageId !== undefined) return event.messageId === id;
  return event.senderType === senderType && seq <= event.upToSeq;
}

function marked(message: Message, { isRead = true, readAt }: Read): Message {
  return message.isRead === isRead ? message : { ...message, isRead, readAt };
}

async function loadMessages(ticketId: string, before?: number): Promise<readonly Message[]> {
  const query = { limit: PAGE_SIZE, ...(before !== undefined && { before }) };
  const request = api.GET('/api/v1/tickets/{ticketId}/messages', { params: { path: { ticketId }, query } });
  return (await answer(request)).map(asStaffMessage);
}

import type { TicketEventData } from '../../contract/events/event-data.js';
import type { EventActor } from '../../contract/events/event-payload.js';
import type { TicketEventType } from '../../contract/events/event-types.js';
import type { MessagePayload } from '../../contract/events/message-payload.js';
import type { TicketFiling } from '../../contract/events/staff-ticket.js';
import type { MessageRow, NewMessage, TicketRow, TicketWithOwner } from './rows.js';

/** The data of an event inside the server, where a message is its row. */
export type EventData<T extends TicketEventType> = TicketEventData[T] extends { message: MessagePayload }
  ? { message: MessageRow }
  : TicketEventData[T];

/** What the log keeps as JSON; the call and the message have columns of their own. */
export type StoredData<T extends TicketEventType> = TicketEventData[T] extends { message: MessagePayload }
  ? Omit<TicketEventData[T], 'message'>
  : Omit<TicketEventData[T], 'callId'>;

/** Type and stored data of an event. */
export type EventFacts = { [K in TicketEventType]: { type: K; data: StoredData<K> } }[TicketEventType];

/** The same while it is being written, which decides who reacts to it. What the database adds is missing. */
export type KnownFacts = {
  [K in TicketEventType]: { type: K; data: Partial<StoredData<K>> };
}[TicketEventType];

/** Those of a union of events that have one of the types. */
export type OfType<E extends { type: TicketEventType }, T extends TicketEventType> = Extract<E, { type: T }>;

/** What a service says happened, before it has a place in the log. A posted message is written together with its event. */
export type TicketEventDraft = {
  [K in TicketEventType]: {
    type: K;
    data: K extends 'message.posted' ? { message: NewMessage } : EventData<K>;
    /** False keeps it from the donor. */
    public: boolean;
  };
}[TicketEventType];

/** Where an event stands in the log, and who did it. */
export interface EventPlace {
  ticketId: string;
  /** Place in the staff stream: 1, 2, 3 … without gaps, in commit order. */
  seq: number;
  /** Place in the donor's stream, gapless too; null when the donor must not see it. */
  publicSeq: number | null;
  at: Date;
  actor: EventActor;
  /** The ticket as the transaction left it: also decides which sockets hear of it. Known for live events only. */
  ticket?: TicketWithOwner;
  /** By what lists filed it before; null for a new one. Comes with `ticket`. */
  before?: TicketFiling | null;
  /** Whether the transaction changed nothing of the ticket but its places in the log and the time of its last change. */
  isTouchOnly?: boolean;
}

/** One committed row of the log, with what its readers need. */
export type TicketEvent<T extends TicketEventType = TicketEventType> = {
  [K in T]: EventPlace & { type: K; data: EventData<K> };
}[T];

/** Events about one message. */
const MESSAGE_EVENT_TYPES = ['message.posted', 'message.edited', 'message.deleted'] as const;
type MessageEventType = (typeof MESSAGE_EVENT_TYPES)[number];

export function isAboutMessage<E extends { type: TicketEventType }>(
  event: E,
): event is OfType<E, MessageEventType> {
  return MESSAGE_EVENT_TYPES.some((type) => type === event.type);
}

declare module '../../platform/events/event-bus.js' {
  interface Facts {
    /** Events of one transaction, in order, after its commit. */
    'ticket.events': readonly TicketEvent[];
    /** The ticket and its log are gone for good. */
    'ticket.deleted': { ticket: TicketRow; actor: EventActor };
  }
}

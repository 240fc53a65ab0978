import type { EventActor, TicketEventType } from '../../contract/ticket-events.js';
import type { Message, Ticket } from '../../platform/database/generated/client.js';

export type EventData = Record<string, unknown>;

/** A ticket row without its generated search vector. */
export type TicketRow = Ticket;
export type MessageRow = Message;

/** What a service says happened, before it has a place in the log. */
export interface TicketEventDraft {
  type: TicketEventType;
  /** Small facts only; message text is joined, never copied. */
  data?: EventData;
  /** False keeps it from the donor. */
  public: boolean;
  callId?: string;
  /** An existing message that this event is about, as the transaction leaves it. */
  about?: MessageRow;
  /** A message that is written together with its event. */
  message?: NewMessage;
}

export interface NewMessage {
  id: string;
  senderId: string;
  senderType: 'donor' | 'admin' | 'system';
  senderName: string | null;
  content: string;
  messageType: 'text' | 'note' | 'system';
  clientMessageId: string | null;
}

/** What a ticket's row says about its donor and its owner. */
export type TicketPeople = Pick<
  Ticket,
  'donorEmail' | 'donorEmailCorrected' | 'donorSessionId' | 'ownerKey' | 'provenEmail' | 'adminId'
>;

/** One committed row of the log, with what its readers need. */
export interface TicketEvent {
  ticketId: string;
  /** Place in the staff stream: 1, 2, 3 … without gaps, in commit order. */
  seq: number;
  /** Place in the donor's stream, gapless too; null when the donor must not see it. */
  publicSeq: number | null;
  type: TicketEventType;
  at: Date;
  actor: EventActor;
  data: EventData;
  callId: string | null;
  message: MessageRow | null;
  /** Whose ticket it is, as the transaction left it: decides which sockets hear of it. Known for live events only. */
  people?: TicketPeople;
  /** The ticket as the transaction left it; live events that open or close a ticket carry it. */
  ticket?: TicketRow;
}

declare module '../../platform/events/event-bus.js' {
  interface Facts {
    /** Events of one transaction, in order, after its commit. */
    'ticket.events': readonly TicketEvent[];
    /** The ticket and its log are gone for good. */
    'ticket.deleted': { ticket: TicketRow; actor: EventActor };
  }
}

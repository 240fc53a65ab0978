import type { ActorType } from '../roles.js';
import type { TicketEventData } from './event-data.js';
import type { TicketEventType } from './event-types.js';
import type { MessagePayload } from './message-payload.js';
import type { PublicEventData } from './public-data.js';
import type { LiveTicket } from './staff-ticket.js';

export interface EventActor {
  type: ActorType;
  id: string | null;
  name?: string;
  avatar?: string | null;
  /** Written without a token, by somebody who had the ticket's id: the donor, or anyone else who knows it. */
  via?: 'link';
}

/** What every event says. `seq` is its place in the receiver's own stream. */
interface Envelope {
  ticketId: string;
  seq: number;
  at: string;
  actor: EventActor;
}

/** On the wire an event about a message has the message's own fields beside the envelope. */
type Flat<D, M = MessagePayload> = D extends { message: MessagePayload } ? M : D;

/** One event as staff receive it: live over a socket, then with the ticket, or in a catch-up. */
export type StaffEventPayload<T extends TicketEventType = TicketEventType> = {
  [K in T]: Envelope & Partial<LiveTicket> & { type: K } & Flat<TicketEventData[K], Required<MessagePayload>>;
}[T];

/** One event as donors receive it. Staff's events have all of it, so this is also what both receive. */
export type TicketEventPayload<T extends TicketEventType = TicketEventType> = {
  [K in T]: Envelope & { type: K } & Flat<PublicEventData[K]>;
}[T];

/** Answer of a catch-up. `reset`: too far behind, fetch a fresh snapshot and go on from `seq`. */
export interface CatchUp<E extends TicketEventPayload = TicketEventPayload> {
  events: E[];
  seq: number;
  reset?: true;
}

import type { EventActor } from './events/event-payload.js';
import type { TicketEventType } from './events/event-types.js';

/** One event as it travels: live over a socket or in a catch-up, the same object. `seq` is the receiver's own stream. */
export interface TicketEventPayload {
  ticketId: string;
  seq: number;
  type: TicketEventType;
  at: string;
  actor: EventActor;
  [field: string]: unknown;
}

/** Answer of a catch-up. `reset`: too far behind, fetch a fresh snapshot and go on from `seq`. */
export interface CatchUp {
  events: TicketEventPayload[];
  seq: number;
  reset?: true;
}

import type { CatchUp, TicketEventPayload } from '../../../src/contract/events/event-payload.js';
import type { TypingPayload, Viewer } from '../../../src/contract/socket-events.js';
import { badAnswer, fieldsOf } from '../failure.js';

/*
 * What came over the wire, recognised by what every client relies on. Which fields follow from an event's `type` the contract
 * says (src/contract/events); that staff's events come to staff alone is the server's business.
 */

/** What the server stored for a message; `seq` is its place in the sender's own stream. */
export interface StoredMessage {
  readonly id: string;
  readonly seq?: number;
}

/** Whether it is a row of a ticket's log, as against the events that are in no log. */
export function isLogEvent<E extends TicketEventPayload>(
  payload: unknown,
): payload is Extract<E, TicketEventPayload> {
  const { ticketId, seq, type } = fieldsOf(payload);
  return typeof ticketId === 'string' && typeof type === 'string' && isPlace(seq) && seq > 0;
}

/** Reads a catch-up, whether it came by HTTP or in an ack. */
export function catchUpFrom<E extends TicketEventPayload>(answer: unknown): CatchUp<E> {
  const { events, seq, reset } = fieldsOf(answer);
  if (!Array.isArray(events) || !events.every(isLogEvent<E>) || !isPlace(seq)) throw badAnswer();
  return { events, seq, ...(reset === true && { reset }) };
}

/** Checks that a message was really stored: a proxy's login page also answers 200. */
export function storedMessageFrom(answer: unknown): StoredMessage {
  const { id, seq } = fieldsOf(answer);
  if (typeof id !== 'string') throw badAnswer();
  return { id, ...(isPlace(seq) && { seq }) };
}

export function isTypingPayload(payload: unknown): payload is TypingPayload {
  const { actor, isTyping } = fieldsOf(payload);
  return typeof fieldsOf(actor).type === 'string' && typeof isTyping === 'boolean';
}

/** Who looks at the ticket. */
export function viewersFrom(payload: unknown): readonly Viewer[] {
  const { viewers } = fieldsOf(payload);
  return Array.isArray(viewers) ? viewers.filter(isViewer) : [];
}

function isViewer(value: unknown): value is Viewer {
  const { id, name } = fieldsOf(value);
  return typeof id === 'number' && typeof name === 'string';
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

import { fromStoredMessage, type StoredMessageJson } from './message-payload.js';
import type { MessageRow } from './rows.js';
import {
  isAboutMessage,
  type EventFacts,
  type EventPlace,
  type TicketEvent,
  type TicketEventDraft,
} from './ticket-event.js';

/**
 * The border between events and the rows of the log. The log is written here alone, so what comes back has the shape that its
 * type says; this file is one of the few that tell the compiler so (eslint.config.mjs lists them).
 */
interface EventRecord {
  facts: EventFacts;
  messageId: string | null;
  callId: string | null;
}

/** The columns of an event to be: the JSON holds neither the message, which has its own row, nor the id of the call. */
export function toRecord(draft: TicketEventDraft): EventRecord {
  if (isAboutMessage(draft)) {
    const { type, data } = draft;
    return { facts: { type, data: {} }, messageId: data.message.id, callId: null };
  }
  const { callId = null, ...stored } = draft.data as { callId?: string };
  return { facts: { type: draft.type, data: stored } as EventFacts, messageId: null, callId };
}

/** What the log gives back of an event; a newer process may have written types that this one does not know. */
export type LoggedFacts = EventFacts & { callId: string | null; message: StoredMessageJson | null };

/** The event of a row. Throws when the message that it is about is missing. */
export function fromRecord(place: EventPlace, row: LoggedFacts): TicketEvent {
  const { type, data, callId, message } = row;
  if (isAboutMessage(row) && message === null)
    throw new Error(`event ${place.seq} of ticket ${place.ticketId} has lost its message`);
  return {
    ...place,
    type,
    data: {
      ...data,
      ...(message !== null && { message: fromStoredMessage(message) }),
      ...(callId !== null && { callId }),
    },
  } as TicketEvent;
}

/** The event of a draft that has found its place; a posted message comes with the row that was written. */
export function fromDraft(
  place: EventPlace,
  { type, data }: TicketEventDraft,
  posted: MessageRow | undefined,
): TicketEvent {
  return { ...place, type, data: posted === undefined ? data : { message: posted } } as TicketEvent;
}

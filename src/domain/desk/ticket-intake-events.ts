import type { CallDraft } from '../calls/rooms/call-draft.js';
import type { CallRow } from '../calls/rooms/call-row.js';
import { callStartedFacts } from '../calls/call-opening.service.js';
import { NO_OWNER, type MessageRow, type TicketRow } from '../event-log/rows.js';
import type { EventPlace, TicketEvent } from '../event-log/ticket-event.js';
import { systemMessage } from '../tickets/system-message.js';
import type { NewCallback, NewRing, NewTicket } from './ticket-intake.queries.js';

/** The call that the statement wrote beside its ticket. */
export function callRowOf(ticket: TicketRow, draft: CallDraft): CallRow {
  return {
    id: draft.id,
    ticketId: ticket.id,
    provider: draft.provider,
    roomName: draft.roomName,
    dailyRoomUrl: draft.dailyRoomUrl,
    status: 'active',
    callType: draft.callType,
    initiatedBy: draft.initiatedBy,
    userToken: draft.sealedUserToken,
    tokensExpireAt: draft.tokensExpireAt,
    startedAt: ticket.createdAt,
    endedAt: null,
    endedBy: null,
    endReason: null,
    participants: [],
    donorLeftAt: null,
    staffLeftAt: null,
    createdAt: ticket.createdAt,
    updatedAt: ticket.createdAt,
  };
}

interface NewThings {
  draft: CallDraft | null;
  ring: NewRing | null;
  callback: NewCallback | null;
}

/** The events that the statement logged. */
export function createdEvents(
  ticket: TicketRow,
  actor: TicketEvent['actor'],
  data: NewTicket['data'],
  { draft, ring, callback }: NewThings,
): TicketEvent[] {
  const base = {
    ticketId: ticket.id,
    at: ticket.createdAt,
    actor,
    ticket: { ...ticket, ...NO_OWNER },
    before: null,
  };
  const events: TicketEvent[] = [];
  events.push({
    ...base,
    seq: 1,
    publicSeq: 1,
    type: 'ticket.created',
    data: { ...data, number: ticket.number },
  });
  if (draft !== null) {
    const facts = callStartedFacts({ ...draft, startedAt: ticket.createdAt });
    const place = { seq: 2, publicSeq: 2 };
    events.push({ ...base, ...place, type: 'call.started', data: facts });
  }
  if (ring !== null) {
    const place = { seq: ticket.lastSeq, publicSeq: ticket.lastPublicSeq };
    const facts = { ...ring.data, ...(draft !== null && { callId: draft.id }) };
    events.push({ ...base, ...place, type: 'call.requested', data: facts });
  }
  if (callback !== null) events.push(...callbackEvents(base, callback));
  return events;
}

/** What the donor who is to be called back, by staff's or their own wish, finds in the log and in the thread. */
export function newCallback(
  { dueAt, phone }: { dueAt: Date; phone: string | null },
  isDonors: boolean,
): Pick<NewCallback, 'dueAt' | 'phone' | 'data' | 'line'> {
  const changes = { callbackDueAt: dueAt.toISOString(), callbackPhone: phone };
  const line = isDonors ? systemMessage({ key: 'callback.requested', params: {} }) : null;
  return { dueAt, phone, data: { changes }, line };
}

function callbackEvents(
  base: Omit<EventPlace, 'seq' | 'publicSeq'>,
  { data, line }: NewCallback,
): TicketEvent[] {
  const updated: TicketEvent = { ...base, seq: 2, publicSeq: 2, type: 'ticket.updated', data };
  if (line === null) return [updated];
  const place = { seq: 3, publicSeq: 3 };
  const message: MessageRow = {
    ...{ ...line, ...place, ticketId: base.ticketId, system: line.system ?? null, externalId: null },
    ...{ isRead: false, readAt: null, editedAt: null, deletedAt: null },
    ...{ createdAt: base.at, updatedAt: base.at },
  };
  return [updated, { ...base, ...place, type: 'message.posted', data: { message } }];
}

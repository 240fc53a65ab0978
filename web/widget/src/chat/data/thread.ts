import type { EventActor, TicketEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { TicketEventType } from '../../../../../src/contract/events/event-types.js';
import type { MessagePayload } from '../../../../../src/contract/events/message-payload.js';
import type { SystemMessageKey } from '../../../../../src/contract/system-messages.js';
import type { TicketStatus } from '../../../../../src/contract/ticket-status.js';
import type { Shape } from '../../../../client/rest/client.js';
import { isOver } from './is-over.js';

export type Ticket = Shape<'DonorTicketResponse'>;

export interface Person {
  readonly name: string;
  readonly avatar: string | null;
}

export interface Message {
  readonly kind: 'message';
  readonly id: string;
  readonly seq: number;
  readonly own: boolean;
  readonly author: Person;
  readonly text: string;
  readonly at: string;
  readonly edited: boolean;
  readonly deleted: boolean;
}

/** Something that happened, told in one line: by the text of `key`, or as `text` where this version knows none. */
export interface Notice {
  readonly kind: 'notice';
  readonly id: string;
  readonly key?: SystemMessageKey;
  readonly params?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly at: string;
}

export type Entry = Message | Notice;

export interface OpenCall {
  readonly id: string;
  readonly video: boolean;
  /** Somebody of the staff is waiting in it, or has asked for it. */
  readonly ringing: boolean;
  /** Somebody is or was in it, or has accepted it. */
  readonly begun: boolean;
}

export interface CallRequest {
  readonly id: string;
  readonly video: boolean;
  readonly expiresAt: number;
}

/** We owe the donor a call. */
export interface Callback {
  readonly dueAt: string;
  readonly phone: string | null;
}

/** Everything the donor sees of one ticket. */
export interface Thread {
  readonly ticketId: string;
  readonly number: string;
  readonly status: TicketStatus;
  readonly category: string | null;
  readonly description: string | null;
  readonly createdAt: string;
  readonly admin: Person | undefined;
  readonly call: OpenCall | undefined;
  readonly request: CallRequest | undefined;
  /** The last request for a call came to nothing. */
  readonly missed: { readonly video: boolean; readonly rejected: boolean } | undefined;
  readonly callback: Callback | undefined;
  readonly rating: number | null;
  readonly ratingComment: string | null;
  /** Own messages up to this event have been read. */
  readonly readUpTo: number;
  readonly entries: readonly Entry[];
}

/** A thread before its first event. The list of tickets gives what events do not tell, such as the description. */
export function startThread(ticket: Ticket): Thread {
  return {
    ticketId: ticket.id,
    number: ticket.number,
    status: ticket.status,
    category: ticket.category,
    description: ticket.description,
    createdAt: ticket.createdAt,
    admin: ticket.admin ?? undefined,
    call: undefined,
    request: undefined,
    missed: undefined,
    callback: undefined,
    rating: ticket.rating,
    ratingComment: ticket.ratingComment,
    readUpTo: 0,
    entries: [],
  };
}

/** A thread after a gap that was too large to be filled event by event. */
export function threadFrom(
  ticket: Ticket,
  messages: readonly Shape<'DonorMessageResponse'>[],
  requests: readonly Shape<'CallRequestResponse'>[],
): Thread {
  const { activeCall } = ticket;
  const request = requests.find(({ status }) => status === 'PENDING');
  const read = messages.filter(({ senderType, isRead }) => senderType === 'donor' && isRead);
  return {
    ...startThread(ticket),
    call: activeCall && {
      id: activeCall.id,
      video: activeCall.callType === 'video',
      ringing: !request,
      begun: true,
    },
    request: request && requestFrom(request, request.id),
    callback: callbackFrom(ticket),
    readUpTo: Math.max(0, ...read.map(({ seq }) => seq)),
    entries: messages.map(entryFrom),
  };
}

export function follow(thread: Thread, events: readonly TicketEventPayload[]): Thread {
  return events.reduce(apply, thread);
}

/** Nobody waits to be called back any more. */
const REACHED = { missed: undefined, callback: undefined };

type Asked = TicketEventPayload<'call.requested'>;

/** A call that is owed, as a ticket and several events say it. */
interface Owed {
  readonly callbackDueAt?: string | null;
  readonly callbackPhone?: string | null;
}

/** A message as it is stored, or as an event brings it. */
type Posted = Pick<
  MessagePayload,
  'id' | 'senderType' | 'content' | 'author_name' | 'createdAt' | 'editedAt' | 'deletedAt'
> & { readonly seq: number; readonly actor?: EventActor };

type Steps = {
  readonly [T in TicketEventType]?: (thread: Thread, event: TicketEventPayload<T>) => Partial<Thread>;
};

/** What each event of the donor's stream changes; those that are missing change nothing that is shown. */
const STEPS: Steps = {
  'message.posted': (thread, event) => {
    if (event.messageType !== 'system') return { entries: [...thread.entries, messageFrom(event)] };
    // The other lines of the server tell what an event of its own has told.
    const key = 'callback.requested';
    return event.system?.key === key ? { entries: note(thread, event, key) } : {};
  },
  'message.edited': rewrite,
  'message.deleted': rewrite,
  'messages.read': ({ readUpTo }, { senderType, upToSeq }) =>
    senderType === 'donor' ? { readUpTo: Math.max(readUpTo, upToSeq) } : {},
  'ticket.assigned': (thread, event) => hand(thread, event),
  'ticket.transferred': (thread, event) => hand(thread, event),
  'ticket.status_changed': (thread, event) => {
    const status = event.to;
    const key = statusNotice(event.from, status);
    return {
      status,
      ...(isOver(status) && { request: undefined, ...REACHED }),
      ...(key && { entries: note(thread, event, key) }),
    };
  },
  'ticket.rated': (_thread, { rating, comment }) => ({ rating, ratingComment: comment }),
  'call.requested': (thread, event) => ({
    request: requestFrom(event, event.requestId),
    ...REACHED,
    entries: note(thread, event, event.type),
  }),
  'call.accepted': (thread, event) => ({ request: undefined, ...REACHED, ...enter(thread, event, true) }),
  'call.cancelled': (thread, event) => ({
    request: undefined,
    entries: note(thread, event, event.type),
  }),
  'call.rejected': (thread, event) => miss(thread, event),
  // Without a callback the ticket is over, and the call with it.
  'call.expired': (thread, event) =>
    event.callbackDueAt ? { ...miss(thread, event), callback: callbackFrom(event) } : { request: undefined },
  'ticket.updated': (_thread, { changes }) =>
    'callbackDueAt' in changes ? { missed: undefined, callback: callbackFrom(changes) } : {},
  'call.started': (thread, event) => {
    const call = { id: event.callId, video: event.callType === 'video', ringing: false, begun: false };
    const byStaff = event.initiatedBy === 'admin' || event.actor.type === 'admin';
    return { call, ...REACHED, ...(byStaff && enter({ ...thread, call }, event, true)) };
  },
  'call.joined': (thread, event) => ({
    ...(event.role === 'admin' && thread.call && REACHED),
    ...enter(thread, event, event.role === 'admin'),
  }),
  'call.ended': (thread, event) => ({
    call: undefined,
    ...(thread.call?.begun && { entries: note(thread, event, event.type) }),
  }),
};

function apply<T extends TicketEventType>(thread: Thread, event: TicketEventPayload<T>): Thread {
  return { ...thread, ...STEPS[event.type]?.(thread, event) };
}

function note(
  { entries }: Thread,
  { seq, at }: TicketEventPayload,
  key: SystemMessageKey,
  params?: Notice['params'],
): readonly Entry[] {
  return [...entries, { kind: 'notice', id: `notice-${seq}`, key, params, at }];
}

/** Somebody comes into the call. Before, there is nothing to tell of but that somebody asked for it. */
function enter(thread: Thread, event: TicketEventPayload, isStaff: boolean): Partial<Thread> {
  const { call } = thread;
  if (call === undefined) return {};
  return {
    call: { ...call, begun: true, ringing: call.ringing || isStaff },
    ...(!call.begun && { entries: note(thread, event, 'call.started') }),
  };
}

function rewrite({ entries }: Thread, event: Posted): Partial<Thread> {
  return { entries: entries.map((entry) => (entry.id === event.id ? messageFrom(event, entry) : entry)) };
}

function hand(
  thread: Thread,
  event: TicketEventPayload<'ticket.assigned' | 'ticket.transferred'>,
): Partial<Thread> {
  const { admin } = event;
  return admin
    ? { admin, entries: note(thread, event, event.type, { name: admin.name }) }
    : { admin: undefined };
}

function miss(thread: Thread, event: TicketEventPayload<'call.rejected' | 'call.expired'>): Partial<Thread> {
  const missed = { video: event.mode === 'video', rejected: event.type === 'call.rejected' };
  return { request: undefined, missed, entries: note(thread, event, event.type) };
}

function requestFrom({ mode, expiresAt }: Pick<Asked, 'mode' | 'expiresAt'>, id: string): CallRequest {
  return { id, video: mode === 'video', expiresAt: Date.parse(expiresAt) };
}

function callbackFrom({ callbackDueAt, callbackPhone = null }: Owed): Callback | undefined {
  return callbackDueAt ? { dueAt: callbackDueAt, phone: callbackPhone } : undefined;
}

function statusNotice(from: TicketStatus, to: TicketStatus): SystemMessageKey | undefined {
  if (isOver(to)) return `ticket.${to}`;
  return isOver(from) ? 'ticket.reopened' : undefined;
}

function entryFrom(message: Shape<'DonorMessageResponse'>): Entry {
  const { id, messageType, system, content: text, createdAt: at } = message;
  if (messageType !== 'system') return messageFrom(message);
  return { kind: 'notice', id, text, at, ...system };
}

/** `entry` is the message as it stands, for events that repeat only a part of it. */
function messageFrom(event: Posted, entry?: Entry): Message {
  const known = entry?.kind === 'message' ? entry : undefined;
  const { actor } = event;
  return {
    kind: 'message',
    id: event.id,
    seq: known?.seq ?? event.seq,
    own: event.senderType === 'donor',
    author: known?.author ?? {
      name: event.author_name || (actor?.name ?? ''),
      avatar: actor?.avatar ?? null,
    },
    text: event.content,
    at: event.createdAt,
    edited: Boolean(event.editedAt),
    deleted: Boolean(event.deletedAt),
  };
}

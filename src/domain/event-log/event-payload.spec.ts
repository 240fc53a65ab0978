import { describe, expect, test } from '@jest/globals';
import type { TicketEventData } from '../../contract/events/event-data.js';
import { TICKET_EVENT_TYPES, type TicketEventType } from '../../contract/events/event-types.js';
import { PUBLIC_DATA } from '../../contract/events/public-data.js';
import { toEventPayload } from './event-payload.js';
import type { MessageRow } from './rows.js';
import type { EventData, EventPlace, TicketEvent } from './ticket-event.js';

const AT = new Date('2026-11-20T10:00:00.000Z');
const ISO = AT.toISOString();
const ADMIN = { type: 'admin', id: '7', name: 'Ada', avatar: null } as const;
const OWNER = { id: 7, name: 'Ada', username: 'ada', avatar: null };
const PLACE: EventPlace = { ticketId: 't', seq: 5, publicSeq: 3, at: AT, actor: ADMIN };

const MESSAGE: MessageRow = {
  ...{ id: 'm', ticketId: 't', seq: 5, publicSeq: 3, senderId: '7', senderType: 'admin', senderName: 'Ada' },
  ...{ content: 'Hello', messageType: 'text', clientMessageId: null, isRead: false, readAt: null },
  ...{ editedAt: null, deletedAt: null, createdAt: AT, updatedAt: AT },
  ...{ channel: 'dashboard', externalId: null, system: null },
};
const REQUEST = { requestId: 'r', mode: 'video' } as const;

/** Each type with everything that it can say. */
const DATA: { [T in TicketEventType]: EventData<T> } = {
  'ticket.created': {
    ...{ number: 'TKT-1', subject: 'x', category: null, priority: 'high', callType: null, status: 'new' },
    ...{ channel: 'widget', callPending: false },
  },
  'ticket.updated': { changes: { subject: 'x', tags: ['vip'] }, from: { donorEmail: 'a@b.test' } },
  'ticket.assigned': { from: null, to: 7, by: 7, reason: 'accepted', admin: OWNER },
  'ticket.transferred': { fromAdminId: 1, toAdminId: 7, by: 1, notes: 'rude', admin: OWNER },
  'ticket.status_changed': { from: 'new', to: 'pending' },
  'ticket.priority_changed': { from: 'low', to: 'high' },
  'ticket.triaged': { category: null, priority: 'high', summary: 'x' },
  'ticket.rated': { rating: 5, comment: null },
  'ticket.reminded': { channels: ['mail'] },
  'ticket.deleted': {},
  'message.posted': { message: MESSAGE },
  'message.edited': { message: MESSAGE },
  'message.deleted': { message: MESSAGE },
  'messages.read': {
    ...{ senderType: 'donor', upToSeq: 9, upToPublicSeq: 4, readAt: ISO, messageId: 'm', isRead: true },
  },
  'call.requested': { ...REQUEST, message: null, expiresAt: ISO, callId: 'c' },
  'call.accepted': REQUEST,
  'call.rejected': REQUEST,
  'call.cancelled': REQUEST,
  'call.expired': { ...REQUEST, callbackDueAt: ISO },
  'call.started': {
    ...{ callId: 'c', callType: 'audio', initiatedBy: 'donor', startedAt: ISO, startId: 's' },
  },
  'call.joined': { callId: 'c', role: 'admin' },
  'call.ended': {
    ...{ callId: 'c', callType: 'audio', endedAt: ISO, endedBy: 'admin:7', endReason: 'left' },
    ...{ provider: 'daily', roomName: 'secret' },
  },
  'attachment.added': { attachmentId: 'a', fileName: 'x.png', mimeType: 'image/png', size: 1 },
};

function event<T extends TicketEventType>(
  type: T,
  data: EventData<T> = DATA[type],
  place: Partial<EventPlace> = {},
): TicketEvent {
  return { ...PLACE, ...place, type, data } as TicketEvent;
}

/** What it says beside the envelope. */
function factsOf(type: TicketEventType, audience: 'staff' | 'donor'): object {
  const {
    ticketId: _id,
    seq: _seq,
    type: _type,
    at: _at,
    actor: _actor,
    ...facts
  } = toEventPayload(event(type), audience)!;
  return facts;
}

describe('what a donor reads of an event', () => {
  test('has the place of the donor’s own stream; staff’s has theirs', () => {
    const shape = { ticketId: 't', type: 'ticket.status_changed', at: ISO, actor: ADMIN };
    const facts = { from: 'new', to: 'pending' };
    const moved = event('ticket.status_changed');
    expect(toEventPayload(moved, 'donor')).toEqual({ ...shape, ...facts, seq: 3 });
    expect(toEventPayload(moved, 'staff')).toEqual({ ...shape, ...facts, seq: 5 });
  });

  test('is nothing where the event has no public place', () => {
    expect(
      toEventPayload(event('ticket.rated', DATA['ticket.rated'], { publicSeq: null }), 'donor'),
    ).toBeNull();
  });

  test.each(TICKET_EVENT_TYPES.filter((type) => !type.startsWith('message.')))(
    'of %s holds the fields that are named for its type, and no other',
    (type) => {
      expect(Object.keys(factsOf(type, 'donor')).sort()).toEqual(Object.keys(PUBLIC_DATA[type]).sort());
      expect(factsOf(type, 'staff')).toEqual(DATA[type]);
    },
  );

  test('holds nothing of what only staff say', () => {
    const said = JSON.stringify(TICKET_EVENT_TYPES.map((type) => factsOf(type, 'donor')));
    expect(said).not.toMatch(/vip|a@b\.test|rude|secret|"username"|"to":7|high|startId/);
  });

  test('of a change shows the fields that are public', () => {
    expect(factsOf('ticket.updated', 'donor')).toEqual({ changes: { subject: 'x' } });
  });

  test('knows staff by name and picture', () => {
    expect(factsOf('ticket.assigned', 'donor')).toEqual({ admin: { name: 'Ada', avatar: null } });
    const back = event('ticket.assigned', { ...DATA['ticket.assigned'], to: null, admin: null });
    expect(toEventPayload(back, 'donor')).toMatchObject({ admin: null });
  });

  test('counts what was read in the donor’s places', () => {
    expect(factsOf('messages.read', 'donor')).toMatchObject({ upToSeq: 4 });
    expect(factsOf('messages.read', 'staff')).toMatchObject({ upToSeq: 9 });
  });

  test.each(['staff', 'donor'] as const)(
    'about a message has the message’s fields, for %s too',
    (audience) => {
      const { ticketId: _inEnvelope, ...message } = {
        ...{
          id: 'm',
          ticketId: 't',
          senderId: '7',
          senderType: 'admin',
          content: 'Hello',
          messageType: 'text',
        },
        ...{ isRead: false, clientMessageId: null, createdAt: ISO, updatedAt: ISO, readAt: null },
        ...{ editedAt: null, deletedAt: null, ticket_id: 't', author_id: '7', author_name: 'Ada' },
        ...{ attachments: [], created_at: AT.getTime(), updated_at: AT.getTime(), system: null },
      };
      const own = audience === 'staff' ? { channel: 'dashboard', externalId: null } : {};
      expect(factsOf('message.posted', audience)).toEqual({ ...message, ...own });
    },
  );

  test('is the envelope alone for a type that a newer version has written', () => {
    const type = 'ticket.invented' as TicketEventType;
    const data = { secret: 1 } as unknown as TicketEventData['ticket.deleted'];
    expect(toEventPayload({ ...PLACE, type, data } as TicketEvent, 'donor')).toEqual({
      ...{ ticketId: 't', seq: 3, type, at: ISO, actor: ADMIN },
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { UNREAD_CAP, unreadAfter, unreadAfterSeen } from './unread-news.js';
import type { Unread, UnreadTicket } from './unread-query.js';

const ME = 7;
const AT = '2026-11-20T10:00:00.000Z';

function entryOf(ticketId: string, fields: Partial<UnreadTicket> = {}): UnreadTicket {
  const lastMessage = { text: 'Before', senderName: 'Dora', at: AT };
  return { ticketId, isMine: true, seq: 3, count: 1, lastMessage, ...fields };
}

function unreadOf(...tickets: UnreadTicket[]): Unread {
  const mine = tickets.filter(({ isMine }) => isMine).length;
  return { mine, unassigned: tickets.length - mine, tickets };
}

/** An event beside its ticket; what more it says follows from its type. */
function eventOf(fields: {
  ticket?: object;
  before?: object | null;
  [fact: string]: unknown;
}): StaffEventPayload {
  const ticket = {
    donorName: 'Dora',
    description: 'Help',
    subject: null,
    createdAt: AT,
    ...owned,
    ...fields.ticket,
  };
  const base = { ticketId: 't', seq: 5, at: AT, actor: { type: 'donor', id: 'd' }, before: owned };
  return { ...base, ...message, ...fields, ticket } as unknown as StaffEventPayload;
}

const owned = { adminId: ME, status: 'pending' };
const nobodyOwned = { adminId: null, status: 'new' };
const message = { type: 'message.posted', senderType: 'donor', author_name: 'Dora', content: 'Hello?' };
const after = (unread: Unread, event: StaffEventPayload) => unreadAfter(unread, event, ME);

describe('what is unread after an event', () => {
  test('counts what donors write and ask for, each once, with the last of it first', () => {
    const first = after(
      unreadOf(entryOf('other')),
      eventOf({ ticket: nobodyOwned, before: null, type: 'ticket.created' }),
    );
    expect(first).toMatchObject({
      mine: 1,
      unassigned: 1,
      tickets: [{ ticketId: 't', count: 1 }, { ticketId: 'other' }],
    });
    const event = eventOf({ seq: 6, ticket: nobodyOwned, before: nobodyOwned });
    const second = after(first!, event)!;
    expect(second.tickets[0]).toMatchObject({
      seq: 6,
      count: 2,
      lastMessage: { text: 'Hello?', senderName: 'Dora' },
    });
    expect(after(second, event)).toBe(second);
    const third = after(
      second,
      eventOf({ seq: 8, ticket: nobodyOwned, before: nobodyOwned, type: 'call.requested' }),
    );
    expect(third?.tickets[0]).toMatchObject({ seq: 8, count: 3, lastMessage: { text: 'Hello?' } });
  });

  test.each([
    ['a reply of staff', { actor: { type: 'admin', id: '9' }, senderType: 'admin' }],
    ['a line of the server', { senderType: 'system' }],
    ['what else a donor does', { type: 'ticket.rated' }],
  ])('does not count %s', (_name, fields) => {
    const unread = unreadOf(entryOf('other'));
    expect(after(unread, eventOf(fields))).toBe(unread);
  });

  test('loses what a colleague takes, what has ended and what is deleted, and follows a new owner', () => {
    const unread = unreadOf(entryOf('t', { isMine: false }), entryOf('other'));
    const rest = { mine: 1, unassigned: 0, tickets: [{ ticketId: 'other' }] };
    for (const ticket of [{ adminId: 9 }, { status: 'resolved' }])
      expect(after(unread, eventOf({ type: 'ticket.assigned', ticket }))).toMatchObject(rest);
    expect(after(unread, eventOf({ type: 'ticket.deleted' }))).toMatchObject(rest);
    const taken = after(unread, eventOf({ type: 'ticket.assigned', before: nobodyOwned }));
    expect(taken).toMatchObject({ mine: 2, unassigned: 0 });
  });

  test('is for the server to tell when a ticket comes into view, or a full count loses one', () => {
    expect(
      after(unreadOf(), eventOf({ type: 'ticket.transferred', before: { ...owned, adminId: 9 } })),
    ).toBeUndefined();
    expect(after(unreadOf(), eventOf({ before: { ...owned, status: 'resolved' } }))).toBeUndefined();
    const full = unreadOf(...Array.from({ length: UNREAD_CAP }, (_, index) => entryOf(`t${index}`)));
    expect(unreadAfterSeen(full, { ticketId: 't3', seq: 3 })).toBeUndefined();
  });
});

test('what was read up to the newest is unread no more', () => {
  const unread = unreadOf(entryOf('t'), entryOf('other'));
  expect(unreadAfterSeen(unread, { ticketId: 't', seq: 2 })).toBe(unread);
  expect(unreadAfterSeen(unread, { ticketId: 't', seq: 3 })).toEqual(unreadOf(entryOf('other')));
});

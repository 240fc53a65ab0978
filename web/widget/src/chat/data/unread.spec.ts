import { expect, it } from '@jest/globals';
import type { TicketEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { UnreadMessages } from './unread.js';

const posted = (ticketId: string, seq: number, senderType = 'admin') =>
  ({
    type: 'message.posted',
    messageType: 'text',
    senderType,
    ticketId,
    seq,
    actor: { name: 'Ada' },
  }) as TicketEventPayload;

const answer = (...tickets: [ticketId: string, seq: number, count: number][]) =>
  Promise.resolve({
    tickets: tickets.map(([ticketId, seq, count]) => ({
      ...{ ticketId, seq, count },
      lastMessage: { text: null, senderName: null, at: '2026-01-02T13:04:05.000Z' },
    })),
  });

const countsOf = (unread: UnreadMessages) => [...unread.all].map(([id, { count }]) => [id, count]);

it('counts what staff write from where the donor has read on', async () => {
  let seen = 0;
  const unread = new UnreadMessages({ seen: () => seen });
  await unread.learn(answer(['a', 4, 2]));
  unread.hear(posted('a', 6));
  unread.hear(posted('a', 6));
  unread.hear(posted('a', 7, 'donor'));
  expect(countsOf(unread)).toEqual([['a', 3]]);
  seen = 7;
  expect(countsOf(unread)).toEqual([]);
  unread.hear(posted('a', 8));
  expect(countsOf(unread)).toEqual([['a', 1]]);
});

it('keeps what it hears while an older answer is under way, and nothing else that the server does not name', async () => {
  const unread = new UnreadMessages({ seen: () => 0 });
  unread.hear(posted('read elsewhere', 3));
  const learning = unread.learn(answer(['a', 4, 1]));
  unread.hear(posted('a', 5));
  unread.hear(posted('b', 2));
  await learning;
  expect(Object.fromEntries(countsOf(unread))).toEqual({ a: 2, b: 1 });
});

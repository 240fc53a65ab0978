import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketEventPayload } from '../../src/contract/events/event-payload.js';
import { toEventPayload, type Audience } from '../../src/domain/event-log/event-payload.js';
import type { TicketEvent } from '../../src/domain/event-log/ticket-event.js';
import { EventBus } from '../../src/platform/events/event-bus.js';
import { startCall } from '../factories/call.factory.js';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { expectRefusal, ok, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { apply, comparable, eventsAfter, fetchView } from '../support/ticket-fold.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
const live: TicketEvent[] = [];
beforeAll(async () => {
  desk = await openDesk();
  desk.server.app.get(EventBus).on('ticket.events', (events) => live.push(...events));
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

/** What the live stream brought to one side, in order of arrival. */
function liveFor(ticketId: string, audience: Audience): TicketEventPayload[] {
  const own = live.filter((event) => event.ticketId === ticketId);
  return own.flatMap((event) => toEventPayload(event, audience) ?? []).sort((a, b) => a.seq - b.seq);
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** One of everything that can happen to a ticket, each step on top of the last. */
function life({ id, donor, donorId }: TicketFixture): (() => Promise<unknown>)[] {
  const at = `/tickets/${id}`;
  const mine = { message: '', note: '', call: '' };
  return [
    async () => (mine.message = (await postMessage(donor, id)).id),
    async () => (mine.note = (await postNote(desk.admin, id)).id),
    () => ok(desk.admin.put(`${at}/assign`)),
    () => postMessage(desk.admin, id),
    () => ok(donor.put(`${at}/messages/${mine.message}`, { content: 'Edited' })),
    () => ok(desk.admin.put(`${at}/messages/${mine.note}`, { content: 'Edited note' })),
    () => postMessage(donor, id),
    () => ok(desk.admin.put(`${at}/messages/${mine.message}`, { isRead: true })),
    () => ok(desk.admin.put(`${at}/messages/${mine.message}`, { isRead: false })),
    () => ok(desk.admin.post(`${at}/messages/mark-read`, { senderType: 'donor' })),
    () => ok(donor.post(`${at}/messages/mark-read`, { senderType: 'admin' })),
    () => ok(desk.admin.patch(at, { subject: 'New', tags: ['a', 'b'], priority: 'high', team: 'MANAGER' })),
    () => ok(desk.admin.patch(at, { helpfulNotes: 'private' })),
    async () => (mine.call = (await startCall(donor, id, 'donor')).id),
    () => ok(desk.admin.post(`/calls/${mine.call}/join`)),
    () => ok(desk.admin.post(`${at}/transfer`, { toAdminId: desk.colleague.id, transferNotes: 'secret' })),
    () => ok(desk.admin.post(`/calls/${mine.call}/end`)),
    () => ok(donor.delete(`${at}/messages/${mine.message}`)),
    () => ok(desk.admin.delete(`${at}/messages/${mine.note}`)),
    () => ok(donor.put(`${at}/donor/${donorId}/resolve`)),
    () => ok(donor.post(`${at}/rating`, { rating: 4, comment: 'Fine' })),
    () => postMessage(donor, id),
    () => ok(desk.colleague.put(`${at}/close`)),
  ];
}

describe('a snapshot and the events after it', () => {
  const sides: [Audience, (ticket: TicketFixture) => Client][] = [
    ['staff', () => desk.boss],
    ['donor', ({ donor }) => donor],
  ];

  test.each(sides)('make what a fresh fetch shows, at every step, for %s', async (audience, readerOf) => {
    const ticket = await createTicket(desk.server, { donorName: 'Kim' });
    const reader = readerOf(ticket);
    const snapshots = [await fetchView(reader, ticket.id)];
    const followed = await fetchView(reader, ticket.id);
    for (const step of life(ticket)) {
      await step();
      const fetched = await fetchView(reader, ticket.id);
      for (const event of liveFor(ticket.id, audience)) apply(followed, event);
      expect(comparable(followed)).toEqual(comparable(fetched));
      snapshots.push(fetched);
    }
    const final = comparable(snapshots.at(-1)!);
    for (const snapshot of snapshots) {
      for (const event of await eventsAfter(reader, ticket.id, snapshot.ticket.seq)) apply(snapshot, event);
      expect(comparable(snapshot)).toEqual(final);
    }
  });

  test.each(sides)('travel live as they are read later, for %s', async (audience, readerOf) => {
    const ticket = await createTicket(desk.server, { callType: 'audio', donorName: 'Kim' });
    for (const step of life(ticket)) await step().catch(() => undefined);
    const read = await eventsAfter(readerOf(ticket), ticket.id, 0, 5);
    const then = liveFor(ticket.id, audience);
    expect(read.map(({ seq }) => seq)).toEqual(numbers(then.length));
    expect(read.map(lasting)).toEqual(then.map(lasting));
  });

  test('show donors nothing that is staff’s', async () => {
    const ticket = await createTicket(desk.server);
    for (const step of life(ticket)) await step();
    const text = JSON.stringify(await eventsAfter(desk.link, ticket.id, 0));
    expect(text).not.toMatch(
      /secret|private|Edited note|priority|"tags"|username|@staff\.test|reason|transferNotes/,
    );
  });
});

/** An event without what later events change in the message it carries. */
function lasting(event: TicketEventPayload): unknown {
  const changing = ['content', 'isRead', 'readAt', 'editedAt', 'deletedAt', 'updatedAt', 'updated_at'];
  const isMessage = event.type.startsWith('message.');
  return Object.fromEntries(Object.entries(event).filter(([name]) => !isMessage || !changing.includes(name)));
}

test('thirty writers at once leave one gapless order in both streams', async () => {
  const { id, donor, donorId } = await createTicket(desk.server);
  const at = `/tickets/${id}`;
  const [first, reply] = [await postMessage(donor, id), await postMessage(desk.admin, id)];
  const kinds: ((n: number) => Promise<{ status: number }>)[] = [
    () => donor.post(`${at}/messages`, { content: 'From the donor' }),
    () => desk.link.post(`${at}/messages`, { content: 'By link', senderId: donorId }),
    () => desk.admin.post(`${at}/messages`, { content: 'From staff' }),
    () => desk.colleague.post(`${at}/notes`, { content: 'Note' }),
    () => desk.admin.put(`${at}/assign`),
    () => desk.colleague.put(`${at}/assign`),
    () => desk.admin.post(`${at}/messages/mark-read`, { senderType: 'donor' }),
    () => donor.post(`${at}/messages/mark-read`, { senderType: 'admin' }),
    (n) => donor.put(`${at}/messages/${first.id}`, { content: `Edit ${n}` }),
    (n) => desk.admin.put(`${at}/messages/${reply.id}`, { content: `Edit ${n}` }),
  ];
  const writers = numbers(30).map(async (writer) => {
    const statuses: number[] = [];
    for (const turn of numbers(4)) {
      const { status } = await kinds[(writer + turn) % kinds.length]!(writer * 10 + turn);
      statuses.push(status);
    }
    return statuses;
  });
  const statuses = new Set((await Promise.all(writers)).flat());
  expect([...statuses].sort()).toEqual([200, 201, 409]);
  const { ticket, events } = (await rowsOf(desk.db, id))!;
  expect(events.map(({ seq }) => seq)).toEqual(numbers(ticket.last_seq));
  const publicSeqs = events.map(({ public_seq }) => public_seq).filter((seq) => seq !== null);
  expect(publicSeqs).toEqual(numbers(ticket.last_public_seq));
  expect(ticket.last_seq).toBeGreaterThan(80);
  for (const [audience, reader] of [
    ['staff', desk.boss],
    ['donor', donor],
  ] as const) {
    const view = { ticket: { ...(await fetchView(reader, id)).ticket, seq: 0 }, messages: new Map() };
    for (const event of liveFor(id, audience)) apply(view, event);
    expect(comparable(view)).toEqual(comparable(await fetchView(reader, id)));
  }
});

describe('catching up', () => {
  test('starts afresh when more than 1,000 behind, and exactly then', async () => {
    const { id } = await createTicket(desk.server);
    await desk.db.query(
      `WITH e AS (INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, data)
         SELECT $1, 1 + n, CASE WHEN n % 2 = 0 THEN 1 + n / 2 END, 'ticket.updated', 'system', '{"changes":{}}'
           FROM generate_series(1, 1200) n)
       UPDATE tickets SET last_seq = 1201, last_public_seq = 601 WHERE id = $1`,
      [id],
    );
    const read = (who: Client, after: number) => ok(who.get(`/tickets/${id}/events?after=${after}`));
    expect(await read(desk.admin, 200)).toEqual({ events: [], seq: 1201, reset: true });
    const near = await read(desk.admin, 201);
    expect(near).toMatchObject({ seq: 1201 });
    expect(near.events.map(({ seq }: { seq: number }) => seq)).toEqual(numbers(1000).map((n) => n + 201));
    expect(near).not.toHaveProperty('reset');
    const donors = await read(desk.link, 0);
    expect(donors.events.map(({ seq }: { seq: number }) => seq)).toEqual(numbers(601));
  });

  test('starts afresh for who is ahead of the log', async () => {
    const { id, donor } = await createTicket(desk.server);
    await postNote(desk.admin, id);
    const read = (who: Client, after: number) => ok(who.get(`/tickets/${id}/events?after=${after}`));
    expect(await read(desk.admin, 2)).toEqual({ events: [], seq: 2 });
    expect(await read(desk.admin, 3)).toEqual({ events: [], seq: 2, reset: true });
    expect(await read(donor, 2)).toEqual({ events: [], seq: 1, reset: true });
  });

  test.each(['after=-1', 'after=x', 'limit=0', 'limit=1001', 'since=1'])('refuses ?%s', async (query) => {
    const { id } = await createTicket(desk.server);
    const answer = await desk.link.get(`/tickets/${id}/events?${query}`);
    expectRefusal(answer, 400, 'BAD_REQUEST', `/tickets/${id}/events`);
    expect(answer.body.errors[0].location).toBe(query.split('=')[0]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { bearerOf } from './bearer.js';
import { Crowd, type Received } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

type Fields = Record<string, unknown>;

const isLogged = ({ payload }: Received): boolean => typeof payload.type === 'string';

/** The ticket as GET shows it, without the tokens of its call. */
async function ticketOf(reader: Client, id: string): Promise<Fields> {
  const { activeCall: _, ...ticket } = await ok(reader.get(`/tickets/${id}`));
  return ticket;
}

function filingOf({ status, priority, category, adminId, callbackDueAt, waitingSince }: Fields): Fields {
  return { status, priority, category, adminId, callbackDueAt, waitingSince };
}

interface Scene {
  id: string;
  donor: Client;
}

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

/** Each change, on a ticket that the admin owns. */
const CHANGES: [string, (scene: Scene) => Promise<unknown>][] = [
  ['a priority', ({ id }) => ok(desk.admin.put(`/tickets/${id}`, { priority: 'urgent' }))],
  ['tags', ({ id }) => ok(desk.admin.patch(`/tickets/${id}`, { tags: ['tax'] }))],
  ['a status', ({ id }) => ok(desk.admin.put(`/tickets/${id}/resolve`))],
  ['a new owner', ({ id }) => ok(desk.boss.put(`/tickets/${id}/assign`, { adminId: desk.boss.id }))],
  ['a transfer', ({ id }) => ok(desk.admin.post(`/tickets/${id}/transfer`, { toAdminId: desk.boss.id }))],
  ['going back to the team', ({ id }) => ok(desk.admin.put(`/tickets/${id}`, { adminId: null }))],
  ['a reply, which also moves it', ({ id }) => postMessage(desk.admin, id)],
  ['a note', ({ id }) => postNote(desk.admin, id)],
  ['a callback', ({ id }) => ok(desk.admin.put(`/tickets/${id}/callback`, { at: inAnHour() }))],
  [
    'a request for a call',
    ({ id, donor }) => ok(donor.post(`/tickets/${id}/call-requests`, { mode: 'audio' }), 201),
  ],
  [
    'a call',
    ({ id }) => ok(desk.admin.post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'admin' }), 201),
  ],
];

describe('a live event brings staff the ticket', () => {
  test.each(CHANGES)('after %s, with its owner, and how it was filed before', async (_name, change) => {
    const { id, donor } = await createTicket(desk.server, {
      donorName: 'Dora',
      category: 'Receipts and tax',
    });
    await ok(desk.admin.put(`/tickets/${id}/assign`));
    const before = await ticketOf(desk.boss, id);
    const boss = await crowd.enter(bearerOf(desk.boss));
    await boss.must('admin_join_ticket_monitor');
    await change({ id, donor });
    await boss.settle();
    const after = await ticketOf(desk.boss, id);
    const events = boss.received.filter(isLogged).map(({ payload }) => payload);
    expect(events.at(-1)).toMatchObject({ ticketId: id, seq: after.seq });
    for (const event of events) {
      expect(event.ticket).toEqual(after);
      expect(event.before).toEqual(filingOf(before));
    }
  });

  test('unless a message changes nothing of it but its last change: then only how it is filed', async () => {
    const { id, donor } = await createTicket(desk.server, { donorName: 'Dora' });
    await ok(desk.admin.put(`/tickets/${id}/assign`));
    const boss = await crowd.enter(bearerOf(desk.boss));
    await boss.must('admin_join_ticket_monitor');
    for (const writer of [donor, desk.admin]) {
      await postMessage(writer, id);
      const before = await ticketOf(desk.boss, id);
      await postMessage(writer, id);
      await boss.settle();
      const after = await ticketOf(desk.boss, id);
      const event = boss.received.filter(isLogged).at(-1)!.payload;
      expect(event).toMatchObject({ type: 'message.posted', seq: after.seq, at: after.updatedAt });
      expect(event).not.toHaveProperty('ticket');
      expect(event.before).toEqual(filingOf(after));
      expect(after).toEqual({ ...before, seq: after.seq, updatedAt: after.updatedAt });
    }
  });

  test('when it is new, and when it is permanently deleted', async () => {
    const boss = await crowd.enter(bearerOf(desk.boss));
    await boss.must('admin_join_ticket_monitor');
    const { id } = await createTicket(desk.server, { donorName: 'Dora' });
    const created = await boss.next('ticket:new');
    const ticket = await ticketOf(desk.boss, id);
    expect(created).toMatchObject({ before: null, ticket });
    await ok(desk.boss.delete(`/tickets/${id}`));
    const deleted = await boss.next('ticket:deleted');
    expect(deleted.before).toEqual(filingOf(ticket));
    expect(deleted.ticket).toMatchObject({ id, status: 'new', seq: deleted.seq });
  });

  test('and a donor no more than the public data of each type', async () => {
    const { id, donor } = await createTicket(desk.server);
    const person = await crowd.enter(bearerOf(donor));
    await ok(desk.admin.put(`/tickets/${id}/assign`));
    await postMessage(desk.admin, id);
    await person.settle();
    const events = person.received.filter(isLogged);
    expect(events.length).toBeGreaterThan(3);
    for (const { payload } of events) {
      expect(payload).not.toHaveProperty('ticket');
      expect(payload).not.toHaveProperty('before');
    }
  });
});

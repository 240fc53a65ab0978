import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok, type Answer, type Client } from '../support/client.js';
import { openDesk, type Desk, type Person } from '../support/desk.js';
import { expectInvariants } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

type Entry = Answer['body'];

const unreadOf = (reader: Client): Promise<Entry> => ok(reader.get('/me/unread'));
const entryOf = async (reader: Client, id: string): Promise<Entry> =>
  (await unreadOf(reader)).tickets.find(({ ticketId }: Entry) => ticketId === id);
const markRead = (reader: Client, id: string, senderType: 'donor' | 'admin'): Promise<Entry> =>
  ok(reader.post(`/tickets/${id}/messages/mark-read`, { senderType }));

/** The rows of those who have read it, and whether a row was written with the event that says so. */
async function seenRows(id: string): Promise<Entry[]> {
  const { rows } = await desk.db.query(
    `SELECT s.user_id, s.session_id, s.seq, EXISTS (
        SELECT FROM ticket_events e WHERE e.ticket_id = s.ticket_id AND e.type = 'messages.read' AND e.xmin = s.xmin) AS "withEvent"
       FROM ticket_seen s WHERE s.ticket_id = $1 ORDER BY s.user_id`,
    [id],
  );
  return rows;
}

async function ownedBy(owner: Person, fields: Record<string, unknown> = {}) {
  const ticket = await createTicket(desk.server, fields);
  await ok(owner.put(`/tickets/${ticket.id}/assign`));
  return ticket;
}

describe('staff', () => {
  test('have a new ticket to read, until they mark it as read, each by themselves', async () => {
    const before = await unreadOf(desk.admin);
    const { id } = await createTicket(desk.server, {
      donorName: 'Dora',
      description: 'My receipt is missing',
    });
    const lastMessage = { text: 'My receipt is missing', senderName: 'Dora' };
    for (const reader of [desk.admin, desk.colleague])
      expect(await entryOf(reader, id)).toMatchObject({ isMine: false, seq: 1, count: 1, lastMessage });
    expect((await unreadOf(desk.admin)).unassigned).toBe(Number(before.unassigned) + 1);
    await markRead(desk.admin, id, 'donor');
    expect(await unreadOf(desk.admin)).toEqual(before);
    expect(await entryOf(desk.colleague, id)).toMatchObject({ count: 1 });
    expect(await seenRows(id)).toEqual([
      { user_id: desk.admin.id, session_id: null, seq: 1, withEvent: false },
    ]);
  });

  test('count what the donor writes and asks for on their own tickets, and nothing that staff do', async () => {
    const { id, donor } = await ownedBy(desk.admin);
    await markRead(desk.admin, id, 'donor');
    const before = await unreadOf(desk.admin);
    await postNote(desk.colleague, id);
    await postMessage(desk.boss, id);
    await ok(desk.admin.patch(`/tickets/${id}`, { priority: 'high' }));
    expect(await unreadOf(desk.admin)).toEqual(before);
    await postMessage(donor, id);
    await postMessage(donor, id, { content: '🧡'.repeat(100) });
    await ok(donor.post(`/tickets/${id}/call-requests`, { mode: 'audio' }), 201);
    const text = '🧡'.repeat(60);
    expect(await entryOf(desk.admin, id)).toMatchObject({ isMine: true, count: 3, lastMessage: { text } });
    expect((await unreadOf(desk.admin)).mine).toBe(Number(before.mine) + 1);
    expect(await entryOf(desk.colleague, id)).toBeUndefined();
    await markRead(desk.admin, id, 'donor');
    expect(await unreadOf(desk.admin)).toEqual(before);
    expect(await seenRows(id)).toMatchObject([{ user_id: desk.admin.id, withEvent: true }]);
  });

  test('read no more of what was deleted, resolved or given to a colleague', async () => {
    const [deleted, resolved, given] = [
      await ownedBy(desk.admin),
      await ownedBy(desk.admin),
      await ownedBy(desk.admin),
    ];
    for (const { id, donor } of [deleted, resolved, given]) {
      await markRead(desk.admin, id, 'donor');
      const message = await postMessage(donor, id);
      expect(await entryOf(desk.admin, id)).toMatchObject({ count: 1 });
      if (id === deleted.id) await ok(donor.delete(`/tickets/${id}/messages/${message.id}`));
    }
    await ok(desk.admin.put(`/tickets/${resolved.id}/resolve`));
    await ok(desk.admin.post(`/tickets/${given.id}/transfer`, { toAdminId: desk.colleague.id }));
    for (const { id } of [deleted, resolved, given]) expect(await entryOf(desk.admin, id)).toBeUndefined();
    expect(await entryOf(desk.colleague, given.id)).toMatchObject({ isMine: true, count: 2 });
    // The donor's next word opens it again.
    await postMessage(resolved.donor, resolved.id);
    expect(await entryOf(desk.admin, resolved.id)).toMatchObject({ count: 2 });
  });

  test('lose no message that comes while they mark the ticket as read', async () => {
    const { id, donor } = await ownedBy(desk.admin);
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        index % 2 ? markRead(desk.admin, id, 'donor') : postMessage(donor, id),
      ),
    );
    const [{ seq }] = await seenRows(id);
    const { rows } = await desk.db.query(
      `SELECT count(*)::int AS count FROM messages WHERE ticket_id = $1 AND sender_type = 'donor' AND seq > $2`,
      [id, seq],
    );
    expect((await entryOf(desk.admin, id))?.count ?? 0).toBe(rows[0].count);
    await markRead(desk.admin, id, 'donor');
    expect(await entryOf(desk.admin, id)).toBeUndefined();
  });
});

describe('donors', () => {
  test('have what people write to them to read, with who wrote it, and no notes or lines of the server', async () => {
    const { id, donor } = await createTicket(desk.server);
    const other = await createTicket(desk.server);
    await postMessage(donor, id);
    await postNote(desk.admin, id);
    await ok(desk.admin.put(`/tickets/${id}/assign`));
    expect(await unreadOf(donor)).toEqual({ tickets: [] });
    await postMessage(desk.admin, id, { content: 'Hello' });
    await postMessage(desk.boss, id, { content: 'Hello again' });
    const [entry] = (await unreadOf(donor)).tickets;
    expect(entry).toMatchObject({
      ...{ ticketId: id, count: 2, lastMessage: { text: 'Hello again', senderName: desk.boss.name } },
    });
    expect(entry).not.toHaveProperty('isMine');
    const { events } = await ok(donor.get(`/tickets/${id}/events`));
    expect(events.findLast(({ type }: Entry) => type === 'message.posted').seq).toBe(entry.seq);
    expect(await unreadOf(other.donor)).toEqual({ tickets: [] });
    await markRead(donor, id, 'admin');
    expect(await unreadOf(donor)).toEqual({ tickets: [] });
    expect(await seenRows(id)).toMatchObject([{ user_id: null, withEvent: true }]);
    await postMessage(desk.admin, id);
    expect((await unreadOf(donor)).tickets).toMatchObject([{ ticketId: id, count: 1 }]);
  });
});

test('what readers have seen goes with the ticket', async () => {
  const { id } = await createTicket(desk.server);
  await markRead(desk.admin, id, 'donor');
  expect(await seenRows(id)).toHaveLength(1);
  await ok(desk.boss.delete(`/tickets/${id}`));
  expect(await seenRows(id)).toEqual([]);
});

test('what was written before the upgrade counts as read by the owner and the donor of an open ticket', async () => {
  const [open, ended] = [await ownedBy(desk.admin), await ownedBy(desk.admin)];
  await postMessage(open.donor, open.id);
  await postMessage(desk.admin, open.id);
  await ok(desk.admin.put(`/tickets/${ended.id}/close`));
  const folder = `${import.meta.dirname}/../../prisma/migrations/20261203000201_ticket_seen_of_before`;
  const sql = readFileSync(`${folder}/migration.sql`, 'utf8');
  // Twice: a step that was interrupted is run again.
  for (let run = 1; run <= 2; run++) await desk.db.query(sql.slice(sql.indexOf('DO $$')));
  expect(await seenRows(open.id)).toMatchObject([{ user_id: desk.admin.id }, { user_id: null }]);
  expect(await seenRows(ended.id)).toEqual([]);
  expect(await entryOf(desk.admin, open.id)).toBeUndefined();
  expect(await unreadOf(open.donor)).toEqual({ tickets: [] });
  await postMessage(open.donor, open.id);
  expect(await entryOf(desk.admin, open.id)).toMatchObject({ count: 1 });
});

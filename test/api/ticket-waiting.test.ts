import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '../../src/platform/database/migrate.js';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket, createTicketIn, type TicketFixture } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { createEmptyDatabase, openPool } from '../support/database.js';
import { openDesk, type Desk } from '../support/desk.js';
import { migrateUpTo } from '../support/earlier-migrations.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

const LONG_AGO = '2026-01-05T08:00:00.000Z';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

const cast = () => ({ owner: desk.admin, heirId: desk.colleague.id });
const at = ({ id }: TicketFixture, verb = ''): string => `/tickets/${id}${verb}`;

/** Since when the donor waits, as the row and the answer to staff say it: they agree, and donors are not told. */
async function waitingSince(ticket: TicketFixture): Promise<string | null> {
  const row = (await rowsOf(desk.db, ticket.id))!.ticket.waiting_since as string | null;
  const since = row === null ? null : new Date(row).toISOString();
  expect(await ok(desk.admin.get(at(ticket)))).toMatchObject({ waitingSince: since });
  expect(await ok(ticket.donor.get(at(ticket)))).not.toHaveProperty('waitingSince');
  return since;
}

/** The donor has waited for long, so that a new start of the wait shows. */
async function haveWaited(ticket: TicketFixture): Promise<void> {
  const sql = 'UPDATE tickets SET waiting_since = $2 WHERE id = $1 AND waiting_since IS NOT NULL';
  await desk.db.query(sql, [ticket.id, LONG_AGO]);
}

/** Whether the log has such an event after the ticket's creation. */
async function isLogged(ticket: TicketFixture, type: string): Promise<boolean> {
  return (await eventTypes(desk.db, ticket.id, ticket.created.seq)).includes(type);
}

describe('the donor waits', () => {
  test('from the moment the ticket is created', async () => {
    const ticket = await createTicket(desk.server);
    expect(await waitingSince(ticket)).toBe(ticket.created.createdAt);
  });

  test('since the oldest message that nobody has answered', async () => {
    const ticket = await createTicketIn(desk.server, 'waiting_for_donor', cast());
    expect(await waitingSince(ticket)).toBeNull();
    await postMessage(ticket.donor, ticket.id);
    expect(await waitingSince(ticket)).not.toBeNull();
    await haveWaited(ticket);
    await postMessage(ticket.donor, ticket.id);
    expect(await waitingSince(ticket)).toBe(LONG_AGO);
  });

  test.each(['resolved', 'closed', 'cancelled'] as const)('when a %s ticket is reopened', async (status) => {
    const ticket = await createTicketIn(desk.server, status, cast());
    expect(await waitingSince(ticket)).toBeNull();
    await ok(desk.admin.put(at(ticket, '/reopen')));
    expect(await waitingSince(ticket)).not.toBeNull();
    expect(await isLogged(ticket, 'ticket.status_changed')).toBe(true);
  });

  test('when a message reopens the ticket', async () => {
    const ticket = await createTicketIn(desk.server, 'resolved', cast());
    await postMessage(ticket.donor, ticket.id);
    expect(await waitingSince(ticket)).not.toBeNull();
  });

  test('when staff take the next step back', async () => {
    const ticket = await createTicketIn(desk.server, 'waiting_for_donor', cast());
    await ok(desk.admin.patch(at(ticket), { status: 'pending' }));
    expect(await waitingSince(ticket)).not.toBeNull();
  });

  test('while a call request or a callback is open, and not after the donor has taken it back', async () => {
    const ticket = await createTicketIn(desk.server, 'waiting_for_donor', cast());
    const request = await ok(ticket.donor.post(at(ticket, '/call-requests'), { mode: 'audio' }), 201);
    expect(await waitingSince(ticket)).not.toBeNull();
    await ok(ticket.donor.delete(`/call-requests/${request.id}`));
    expect(await waitingSince(ticket)).toBeNull();
    await ok(ticket.donor.put(at(ticket, '/callback'), { phone: '+49 30 1234567' }));
    expect(await waitingSince(ticket)).not.toBeNull();
    await ok(desk.admin.delete(at(ticket, '/callback')));
    expect(await waitingSince(ticket)).toBeNull();
  });
});

describe('the donor goes on waiting', () => {
  const steps: [string, string, (ticket: TicketFixture) => Promise<unknown>][] = [
    ['somebody accepts', 'ticket.assigned', (ticket) => ok(desk.admin.put(at(ticket, '/assign')))],
    [
      'it is assigned',
      'ticket.assigned',
      (ticket) => ok(desk.boss.put(at(ticket, '/assign'), { adminId: desk.colleague.id })),
    ],
    [
      'it is transferred',
      'ticket.transferred',
      (ticket) => ok(desk.admin.post(at(ticket, '/transfer'), { toAdminId: desk.colleague.id })),
    ],
    ['staff write a note', 'message.posted', (ticket) => postNote(desk.admin, ticket.id)],
    [
      'its priority changes',
      'ticket.priority_changed',
      (ticket) => ok(desk.admin.patch(at(ticket), { priority: 'urgent' })),
    ],
    [
      'the donor asks for a call',
      'call.requested',
      (ticket) => ok(ticket.donor.post(at(ticket, '/call-requests'), { mode: 'audio' }), 201),
    ],
  ];
  test.each(steps)('when %s', async (_what, event, step) => {
    const ticket = await createTicket(desk.server);
    await haveWaited(ticket);
    await step(ticket);
    expect(await isLogged(ticket, event)).toBe(true);
    expect(await waitingSince(ticket)).toBe(LONG_AGO);
  });
});

describe('nobody waits any more', () => {
  const steps: [string, string, (ticket: TicketFixture) => Promise<unknown>][] = [
    [
      'somebody replies to a ticket of nobody',
      'message.posted',
      (ticket) => postMessage(desk.admin, ticket.id),
    ],
    ['it is resolved', 'ticket.status_changed', (ticket) => ok(desk.admin.put(at(ticket, '/resolve')))],
    [
      'the donor resolves it',
      'ticket.status_changed',
      (ticket) => ok(ticket.donor.put(at(ticket, `/donor/${ticket.donorId}/resolve`))),
    ],
    ['it is closed', 'ticket.status_changed', (ticket) => ok(desk.admin.put(at(ticket, '/close')))],
    ['it is cancelled', 'ticket.status_changed', (ticket) => ok(desk.admin.put(at(ticket, '/cancel')))],
  ];
  test.each(steps)('when %s', async (_what, event, step) => {
    const ticket = await createTicket(desk.server);
    await step(ticket);
    expect(await isLogged(ticket, event)).toBe(true);
    expect(await waitingSince(ticket)).toBeNull();
  });

  test('when the owner or a colleague replies', async () => {
    for (const who of [desk.admin, desk.colleague]) {
      const ticket = await createTicketIn(desk.server, 'pending', cast());
      await postMessage(who, ticket.id);
      expect(await waitingSince(ticket)).toBeNull();
    }
    const transferred = await createTicketIn(desk.server, 'transferred', cast());
    await postMessage(desk.admin, transferred.id);
    expect(await waitingSince(transferred)).toBeNull();
  });

  test('when staff say that it waits for the donor', async () => {
    const ticket = await createTicketIn(desk.server, 'pending', cast());
    await ok(desk.admin.patch(at(ticket), { status: 'waiting_for_donor' }));
    expect(await waitingSince(ticket)).toBeNull();
  });

  test('when staff answer the call', async () => {
    const ticket = await createTicket(desk.server);
    const request = await ok(ticket.donor.post(at(ticket, '/call-requests'), { mode: 'audio' }), 201);
    await ok(desk.admin.post(`/call-requests/${request.id}/accept`));
    expect(await waitingSince(ticket)).toBeNull();
  });
});

describe('the migration', () => {
  test('says of older tickets since when their donors wait', async () => {
    const database = await createEmptyDatabase();
    await migrateUpTo(database, '20261203000100_waiting_since');
    const db = openPool(database);
    const ticket = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
    await db.query(`INSERT INTO users (id, username, name, password_hash) VALUES (1, 'ada', 'Ada', 'x')`);
    await db.query(
      `INSERT INTO tickets (id, donor_id, status, admin_id, created_at)
       SELECT ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'd', s, 1, '2026-01-01T08:00Z'
         FROM unnest(ARRAY['new', 'pending', 'transferred', 'waiting_for_donor', 'closed']) WITH ORDINALITY AS x (s, n)`,
    );
    await db.query(
      `INSERT INTO messages (id, ticket_id, seq, public_seq, sender_id, sender_type, content, created_at, updated_at)
       SELECT gen_random_uuid(), t.id, n, n, 'x', CASE n WHEN 3 THEN 'admin' ELSE 'donor' END, 'Hello',
              '2026-01-01T08:00Z'::timestamptz + n * interval '1 hour', now()
         FROM tickets t, generate_series(2, 5) n
        WHERE (t.status <> 'new' OR n = 2) AND (t.status <> 'transferred' OR n <= 3)`,
    );
    await migrate(database.url, () => undefined);
    const { rows } = await db.query('SELECT id, waiting_since FROM tickets ORDER BY id');
    expect(rows).toEqual([
      { id: ticket(1), waiting_since: new Date('2026-01-01T08:00Z') },
      { id: ticket(2), waiting_since: new Date('2026-01-01T12:00Z') },
      { id: ticket(3), waiting_since: new Date('2026-01-01T11:00Z') },
      { id: ticket(4), waiting_since: null },
      { id: ticket(5), waiting_since: null },
    ]);
    await db.end();
    await database.drop();
  });

  test('follows nodes of the version before, which change the status alone', async () => {
    const ticket = await createTicketIn(desk.server, 'pending', cast());
    const moveTo = (status: string) =>
      desk.db.query('UPDATE tickets SET status = $2 WHERE id = $1', [ticket.id, status]);
    await moveTo('waiting_for_donor');
    expect(await waitingSince(ticket)).toBeNull();
    await moveTo('pending');
    expect(await waitingSince(ticket)).not.toBeNull();
    await haveWaited(ticket);
    await moveTo('active_call');
    await moveTo('pending');
    expect(await waitingSince(ticket)).toBe(LONG_AGO);
  });
});

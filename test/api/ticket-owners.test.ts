import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket, createTicketIn, type TicketFixture } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { createTestDatabase, openPool } from '../support/database.js';
import { openDesk, personOf, type Desk, type Person } from '../support/desk.js';
import { brokenInvariants } from '../support/judge-invariants.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

const provisionStaff = async (): Promise<Person> => personOf(desk.server, await createStaff(desk.server.app));
const ownerOf = async (id: string) => {
  const { ticket } = (await rowsOf(desk.db, id))!;
  return { status: ticket.status, owner: ticket.admin_id };
};

describe('accepting a ticket', () => {
  test('has one winner when super admins and admins accept at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await createTicket(desk.server);
      const people = [desk.boss, desk.admin, desk.colleague];
      const answers = await Promise.all(people.map((person) => person.put(`/tickets/${id}/assign`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      const winner = people[answers.findIndex(({ status }) => status === 200)]!;
      for (const answer of answers.filter(({ status }) => status === 409)) {
        expectRefusal(answer, 409, 'TICKET_ALREADY_ASSIGNED');
        expect(answer.body.owner).toMatchObject({ id: winner.id });
      }
      expect(await ownerOf(id)).toEqual({ status: 'pending', owner: winner.id });
    }
  });

  test('has one winner in bulk, too', async () => {
    const { id } = await createTicket(desk.server);
    const body = { ids: [id], action: 'assign' };
    const answers = await Promise.all([desk.boss, desk.admin].map((who) => who.post('/tickets/bulk', body)));
    expect(answers.map(({ body }) => body[0].ok).sort()).toEqual([false, true]);
    const loser = answers.find(({ body }) => !body[0].ok)!;
    expect(loser.body[0].error).toBe('TICKET_ALREADY_ASSIGNED');
  });

  test('by a super admin takes it over only when the owner is named', async () => {
    const { id } = await createTicketIn(desk.server, 'pending', { owner: desk.admin, heirId: 0 });
    expectRefusal(await desk.boss.put(`/tickets/${id}/assign`, {}), 409, 'TICKET_ALREADY_ASSIGNED');
    await ok(desk.boss.put(`/tickets/${id}/assign`, { adminId: desk.boss.id }));
    const { events } = (await rowsOf(desk.db, id))!;
    const taken = events.filter(({ type }) => type === 'ticket.assigned').at(-1)!;
    expect(taken.data).toMatchObject({ from: desk.admin.id, to: desk.boss.id, reason: 'assigned' });
  });

  test('by two who answer its call request has one winner', async () => {
    const { id, donor } = await createTicket(desk.server);
    const request = await ok(donor.post(`/tickets/${id}/call-requests`, { mode: 'audio' }), 201);
    const answers = await Promise.all(
      [desk.boss, desk.admin].map((who) => who.post(`/call-requests/${request.id}/accept`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = [desk.boss, desk.admin][answers.findIndex(({ status }) => status === 200)]!;
    expect(await ownerOf(id)).toEqual({ status: 'active_call', owner: winner.id });
  });
});

/** Resolves when so many statements wait for the lock of a row. */
async function untilWaiting(count: number): Promise<void> {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
  while ((await desk.db.query(waiting)).rows.length < count) await new Promise(setImmediate);
}

describe('a message that waits while the ticket is accepted', () => {
  test.each([
    ['of the donor', (ticket: TicketFixture) => ticket.donor, 'pending'],
    ['of a colleague', () => desk.colleague, 'waiting_for_donor'],
  ])('%s is posted, and the new owner stays', async (_who, writer, status) => {
    const ticket = await createTicket(desk.server);
    const holder = await desk.db.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM tickets WHERE id = $1 FOR UPDATE', [ticket.id]);
    const accepted = desk.admin.put(`/tickets/${ticket.id}/assign`);
    await untilWaiting(1);
    const posted = writer(ticket).post(`/tickets/${ticket.id}/messages`, { content: 'In between' });
    await untilWaiting(2);
    await holder.query('ROLLBACK');
    holder.release();
    await ok(accepted);
    await ok(posted, 201);
    expect(await ownerOf(ticket.id)).toEqual({ status, owner: desk.admin.id });
  });
});

describe('a pending ticket has an owner', () => {
  test.each([
    ['PATCH', (id: string) => desk.admin.patch(`/tickets/${id}`, { status: 'pending' })],
    [
      'bulk',
      (id: string) => desk.admin.post('/tickets/bulk', { ids: [id], action: 'status', status: 'pending' }),
    ],
  ])('%s to pending assigns the actor when nobody owns it', async (_name, run) => {
    const { id } = await createTicket(desk.server);
    await ok(run(id));
    expect(await ownerOf(id)).toEqual({ status: 'pending', owner: desk.admin.id });
  });

  test('anyone who reopens what nobody owned takes it on', async () => {
    const { id, donor, donorId } = await createTicket(desk.server);
    await ok(donor.put(`/tickets/${id}/donor/${donorId}/resolve`));
    await ok(desk.admin.put(`/tickets/${id}/reopen`));
    expect(await ownerOf(id)).toEqual({ status: 'pending', owner: desk.admin.id });
  });

  test('the donor who reopens what nobody owned makes it new', async () => {
    const { id, donor, donorId } = await createTicket(desk.server);
    await ok(donor.put(`/tickets/${id}/donor/${donorId}/resolve`));
    await ok(donor.post(`/tickets/${id}/messages`, { content: 'It is not solved.' }), 201);
    expect(await ownerOf(id)).toEqual({ status: 'new', owner: null });
  });

  test('the database refuses it otherwise', async () => {
    const { id } = await createTicket(desk.server);
    await expect(desk.db.query(`UPDATE tickets SET status = 'pending' WHERE id = $1`, [id])).rejects.toThrow(
      'tickets_owner_check',
    );
  });

  test('the migration makes those that nobody owns new, and logs it', async () => {
    const database = await createTestDatabase();
    const pool = openPool(database);
    await pool.query(`
      ALTER TABLE tickets DROP CONSTRAINT tickets_owner_check;
      INSERT INTO tickets (id, donor_id, donor_email, status, last_seq, last_public_seq)
      VALUES ('00000000-0000-4000-8000-000000000001', 'd', 'd@example.org', 'pending', 2, 2);
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, data)
      VALUES ('00000000-0000-4000-8000-000000000001', 1, 1, 'ticket.created', 'donor', '{}'),
             ('00000000-0000-4000-8000-000000000001', 2, 2, 'ticket.status_changed', 'admin', '{"from": "new", "to": "pending"}')`);
    const file = 'prisma/migrations/20261129000300_pending_has_owner/migration.sql';
    await pool.query(await readFile(file, 'utf8'));
    expect((await pool.query('SELECT status, last_seq FROM tickets')).rows).toEqual([
      { status: 'new', last_seq: 3 },
    ]);
    expect(await brokenInvariants(pool)).toEqual([]);
    await pool.end();
    await database.drop();
  });
});

describe('a ticket whose owner has left', () => {
  let gone: Person;
  beforeEach(async () => {
    gone = await provisionStaff();
  });

  /** As the account is closed; the job that gives open tickets back has not run, or has run long ago. */
  const leave = () => desk.db.query('UPDATE users SET is_active = false WHERE id = $1', [gone.id]);

  async function givenBack(id: string): Promise<unknown[]> {
    const { events } = (await rowsOf(desk.db, id))!;
    return events
      .filter(({ type, data }) => type === 'ticket.assigned' && data.to === null)
      .map(({ data }) => data);
  }
  const LEFT = () => [{ from: gone.id, to: null, by: null, reason: 'owner_left', admin: null }];

  test.each(['resolved', 'closed', 'cancelled'] as const)(
    'comes back to the team when a %s one is reopened by staff',
    async (status) => {
      const { id } = await createTicketIn(desk.server, status, { owner: gone, heirId: 0 });
      await leave();
      await ok(desk.admin.put(`/tickets/${id}/reopen`));
      expect(await ownerOf(id)).toEqual({ status: 'new', owner: null });
      expect(await givenBack(id)).toEqual(LEFT());
    },
  );

  test.each(['resolved', 'pending', 'waiting_for_donor'] as const)(
    'comes back to the team when the donor replies on a %s one',
    async (status) => {
      const { id, donor } = await createTicketIn(desk.server, status, { owner: gone, heirId: 0 });
      await leave();
      const message = await ok(donor.post(`/tickets/${id}/messages`, { content: 'Hello?' }), 201);
      expect(message.content).toBe('Hello?');
      expect(await ownerOf(id)).toEqual({ status: 'new', owner: null });
      expect(await givenBack(id)).toEqual(LEFT());
    },
  );

  test('rings for the team, not for somebody who is gone', async () => {
    const { id, donor } = await createTicketIn(desk.server, 'waiting_for_donor', { owner: gone, heirId: 0 });
    await leave();
    await ok(donor.post(`/tickets/${id}/call-requests`, { mode: 'audio' }), 201);
    expect(await givenBack(id)).toEqual(LEFT());
    const ringing = await ok(desk.admin.get('/call-requests'));
    expect(ringing.find(({ ticketId }: { ticketId: string }) => ticketId === id).ticket.adminId).toBeNull();
  });

  test('that was handed to them is new again when it comes back', async () => {
    const { id, donor } = await createTicketIn(desk.server, 'transferred', {
      owner: desk.admin,
      heirId: gone.id,
    });
    await leave();
    await ok(donor.post(`/tickets/${id}/messages`, { content: 'Hello?' }), 201);
    expect(await ownerOf(id)).toEqual({ status: 'new', owner: null });
  });

  test('can be accepted at once', async () => {
    const { id } = await createTicketIn(desk.server, 'pending', { owner: gone, heirId: 0 });
    await leave();
    await ok(desk.admin.put(`/tickets/${id}/assign`));
    expect(await ownerOf(id)).toEqual({ status: 'pending', owner: desk.admin.id });
    expect(await givenBack(id)).toEqual(LEFT());
  });

  test('is new after a call that ends', async () => {
    const { id } = await createTicketIn(desk.server, 'active_call', { owner: gone, heirId: 0 });
    await leave();
    const { active_call_id: callId } = (await rowsOf(desk.db, id))!.ticket;
    await ok(desk.admin.post(`/calls/${callId}/end`));
    expect(await ownerOf(id)).toEqual({ status: 'new', owner: null });
  });
});

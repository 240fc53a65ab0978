import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketStatus } from '../../src/contract/ticket-status.js';
import { createTicket, createTicketIn } from '../factories/ticket.factory.js';
import { expectRefusal, ok, TEXT, TIME, UUID, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants } from '../support/ticket-rows.js';

let desk: Desk;
const ids: Record<string, string> = {};

/** Ada owns one of each open status and Bo another, two are nobody's, and three are over. */
beforeAll(async () => {
  desk = await openDesk();
  const owners = {
    ada: { owner: desk.admin, heirId: desk.admin.id },
    bo: { owner: desk.colleague, heirId: desk.colleague.id },
  };
  const statuses: TicketStatus[] = ['pending', 'waiting_for_donor', 'active_call'];
  for (const [name, cast] of Object.entries(owners)) {
    for (const status of statuses)
      ids[`${name} ${status}`] = (await createTicketIn(desk.server, status, cast)).id;
    const other = name === 'ada' ? desk.colleague : desk.admin;
    ids[`${name} transferred`] = (
      await createTicketIn(desk.server, 'transferred', { ...cast, owner: other })
    ).id;
  }
  ids['nobody new'] = (await createTicket(desk.server, { callType: 'video', subject: 'New' })).id;
  const { id, donor } = await createTicket(desk.server);
  await ok(donor.post('/calls', { ticketId: id, callType: 'audio', initiatedBy: 'donor' }), 201);
  ids['nobody active_call'] = id;
  for (const status of ['resolved', 'closed', 'cancelled'] as const)
    await createTicketIn(desk.server, status, owners.ada);
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

const GROUPS = ['newTickets', 'pendingTickets', 'waitingTickets', 'activeCallTickets', 'transferredTickets'];

function idsIn(board: Answer['body']): Record<string, string[]> {
  return Object.fromEntries(
    GROUPS.map((group) => [group, board[group].map((ticket: { id: string }) => ticket.id).sort()]),
  );
}
const named = (...names: string[]) => names.map((name) => ids[name]!).sort();

describe('GET /tickets/dashboard', () => {
  test('shows an admin their own tickets and those of nobody', async () => {
    const board = await ok(desk.admin.get('/tickets/dashboard'));
    expect(Object.keys(board).sort()).toEqual([...GROUPS, 'counts'].sort());
    expect(idsIn(board)).toEqual({
      newTickets: named('nobody new'),
      pendingTickets: named('ada pending'),
      waitingTickets: named('ada waiting_for_donor'),
      activeCallTickets: named('ada active_call', 'nobody active_call'),
      transferredTickets: named('ada transferred'),
    });
    expect(board.counts).toEqual({
      new: 1,
      pending: 1,
      waiting: 1,
      activeCall: 2,
      transferred: 1,
      total: 6,
      unassigned: { new: 1, activeCall: 1, total: 2 },
      capped: false,
    });
  });

  test('shows a super admin everything that is open', async () => {
    const board = await ok(desk.boss.get('/tickets/dashboard'));
    expect(idsIn(board)).toEqual({
      newTickets: named('nobody new'),
      pendingTickets: named('ada pending', 'bo pending'),
      waitingTickets: named('ada waiting_for_donor', 'bo waiting_for_donor'),
      activeCallTickets: named('ada active_call', 'bo active_call', 'nobody active_call'),
      transferredTickets: named('ada transferred', 'bo transferred'),
    });
    expect(board.counts).toMatchObject({
      ...{ new: 1, pending: 2, waiting: 2, activeCall: 3, transferred: 2, total: 10 },
      unassigned: { new: 1, activeCall: 1, total: 2 },
    });
  });

  test('shows anybody their own tickets alone when they ask for them', async () => {
    const board = await ok(desk.admin.get('/tickets/dashboard?mine=true'));
    expect(idsIn(board)).toEqual({
      newTickets: [],
      pendingTickets: named('ada pending'),
      waitingTickets: named('ada waiting_for_donor'),
      activeCallTickets: named('ada active_call'),
      transferredTickets: named('ada transferred'),
    });
    expect(board.counts).toMatchObject({ new: 0, total: 4, unassigned: { new: 0, activeCall: 0, total: 0 } });
    expect((await ok(desk.boss.get('/tickets/dashboard?mine=true'))).counts.total).toBe(0);
    const all = await ok(desk.admin.get('/tickets/dashboard?mine=false'));
    expect(all.counts.total).toBe(6);
    const path = '/tickets/dashboard?mine=yes';
    expectRefusal(await desk.admin.get(path), 400, 'BAD_REQUEST', '/tickets/dashboard');
  });

  test('prints the ticket with its owner, and the open call of those on a call', async () => {
    const board = await ok(desk.admin.get('/tickets/dashboard'));
    const ada = { id: desk.admin.id, name: 'Ada', username: desk.admin.username, avatar: null };
    expect(board.pendingTickets[0]).toMatchObject({
      id: UUID,
      donorId: TEXT,
      donorEmail: TEXT,
      description: null,
      status: 'pending',
      adminId: desk.admin.id,
      admin: ada,
      createdAt: TIME,
    });
    expect(board.pendingTickets[0]).not.toHaveProperty('calls');
    expect(board.newTickets[0]).toMatchObject({ adminId: null, admin: null, subject: 'New' });
    for (const ticket of board.activeCallTickets) {
      expect(ticket.calls).toEqual([
        {
          id: ticket.activeCallId,
          status: 'active',
          callType: ticket.callType,
          initiatedBy: ticket.adminId === null ? 'donor' : 'admin',
          dailyRoomUrl: TEXT,
          startedAt: TIME,
        },
      ]);
    }
    expect(JSON.stringify(board)).not.toMatch(/Token"|@staff\.test|passwordHash/);
  });

  test('puts what moved last first', async () => {
    for (const name of ['ada active_call', 'nobody active_call', 'ada active_call']) {
      const { donorId } = await ok(desk.admin.get(`/tickets/${ids[name]}`));
      await ok(
        desk.link.post(`/tickets/${ids[name]}/messages`, { content: 'Hello?', senderId: donorId }),
        201,
      );
    }
    const board = await ok(desk.admin.get('/tickets/dashboard'));
    expect(board.activeCallTickets.map(({ id }: { id: string }) => id)).toEqual([
      ids['ada active_call'],
      ids['nobody active_call'],
    ]);
  });

  test('shows the first fifty of a group and counts them all, to a bound', async () => {
    await desk.db.query(
      `INSERT INTO tickets (id, donor_id, donor_email, updated_at)
       SELECT gen_random_uuid(), 'bulk', 'bulk@example.org', now() - n * interval '1 minute' FROM generate_series(1, 1050) n`,
    );
    const board = await ok(desk.admin.get('/tickets/dashboard'));
    expect(board.newTickets).toHaveLength(50);
    expect(board.counts).toMatchObject({ new: 1_000, capped: true, unassigned: { new: 1_000 } });
    await desk.db.query(`DELETE FROM tickets WHERE donor_id = 'bulk'`);
  });

  test('is for staff', async () => {
    const { donor } = await createTicket(desk.server);
    const path = '/tickets/dashboard';
    expectRefusal(await donor.get(path), 403, 'FORBIDDEN', path);
    expectRefusal(await desk.link.get(path), 401, 'UNAUTHORIZED', path);
  });
});

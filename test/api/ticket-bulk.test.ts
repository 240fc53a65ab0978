import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket, createTicketIn } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

const cast = () => ({ owner: desk.admin, heirId: desk.colleague.id });
const MISSING = '00000000-0000-4000-8000-000000000000';

describe('POST /tickets/bulk', () => {
  const cases: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['assign', {}, { status: 'pending' }],
    ['close', {}, { status: 'closed' }],
    ['resolve', {}, { status: 'resolved' }],
    ['status', { status: 'cancelled' }, { status: 'cancelled' }],
    ['priority', { priority: 'urgent' }, { priority: 'urgent' }],
    ['tag', { tag: 'spring' }, { tags: ['spring'] }],
  ];
  test.each(cases)('%s: each ticket for itself', async (action, fields, result) => {
    const [first, second] = [await createTicket(desk.server), await createTicket(desk.server)];
    const ids = [first.id, MISSING, second.id];
    const answer = await ok(desk.admin.post('/tickets/bulk', { ids, action, ...fields }));
    expect(answer).toEqual([
      { id: first.id, ok: true },
      { id: MISSING, ok: false, error: 'NOT_FOUND', message: expect.any(String) },
      { id: second.id, ok: true },
    ]);
    for (const { id } of [first, second]) {
      expect((await rowsOf(desk.db, id))!.ticket).toMatchObject(result);
      expect((await eventTypes(desk.db, id, 1)).length).toBeGreaterThan(0);
    }
  });

  test('delete, for super admins', async () => {
    const { id } = await createTicket(desk.server);
    const body = { ids: [id], action: 'delete' };
    expectRefusal(await desk.admin.post('/tickets/bulk', body), 403, 'FORBIDDEN');
    expect(await rowsOf(desk.db, id)).not.toBeNull();
    expect(await ok(desk.boss.post('/tickets/bulk', body))).toEqual([{ id, ok: true }]);
    expect(await rowsOf(desk.db, id)).toBeNull();
  });

  test('says which were refused and why', async () => {
    const open = await createTicket(desk.server);
    const [taken, closed] = [
      await createTicketIn(desk.server, 'pending', { owner: desk.colleague, heirId: 0 }),
      await createTicketIn(desk.server, 'closed', cast()),
    ];
    const ids = [open.id, taken.id, closed.id];
    expect(await ok(desk.admin.post('/tickets/bulk', { ids, action: 'assign' }))).toMatchObject([
      { ok: true },
      { ok: false, error: 'TICKET_ALREADY_ASSIGNED' },
      { ok: false, error: 'ILLEGAL_TRANSITION' },
    ]);
  });

  test('goes on after a ticket that somebody holds', async () => {
    const [held, free] = [await createTicket(desk.server), await createTicket(desk.server)];
    const holder = await desk.db.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM tickets WHERE id = $1 FOR UPDATE', [held.id]);
    const answer = await desk.admin.post('/tickets/bulk', { ids: [held.id, free.id], action: 'close' });
    await holder.query('ROLLBACK');
    holder.release();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject([{ ok: false, error: 'SERVICE_UNAVAILABLE' }, { ok: true }]);
  });

  test.each([
    ['ids', { ids: [], action: 'close' }],
    ['ids', { ids: Array.from({ length: 201 }, () => MISSING), action: 'close' }],
    ['ids', { ids: [MISSING, MISSING], action: 'close' }],
    ['ids', { ids: ['x'], action: 'close' }],
    ['status', { ids: [MISSING], action: 'status' }],
    ['priority', { ids: [MISSING], action: 'priority' }],
    ['tag', { ids: [MISSING], action: 'tag' }],
  ])('%s must fit', async (field, body) => {
    const answer = await desk.admin.post('/tickets/bulk', body);
    expectRefusal(answer, 400, 'BAD_REQUEST', '/tickets/bulk');
    expect(answer.body.errors[0].location.split('.')[0]).toBe(field);
  });
});

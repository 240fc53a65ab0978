import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createStaff } from '../factories/staff.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { createTicket, createTicketIn } from '../factories/ticket.factory.js';
import { expectRefusal, ok, TIME } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
let goneId: number;
beforeAll(async () => {
  desk = await openDesk();
  goneId = (await createStaff(desk.server.app)).user.id;
  await desk.db.query('UPDATE users SET is_active = false WHERE id = $1', [goneId]);
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

const cast = () => ({ owner: desk.admin, heirId: desk.colleague.id });

describe('PUT /tickets/:id', () => {
  test('logs what changed, tells donors the public part, and counts the version once', async () => {
    const { id, donor } = await createTicket(desk.server);
    const fields = {
      ...{ subject: 'New subject', description: 'New text', category: 'Feedback', helpfulNotes: 'call back' },
      ...{ team: 'TECHNICAL', tags: ['a', 'b'], priority: 'high' },
    };
    const updated = await ok(desk.admin.put(`/tickets/${id}`, fields));
    expect(updated).toMatchObject({ ...fields, version: 2 });
    const { events } = (await rowsOf(desk.db, id))!;
    expect(events.slice(1)).toMatchObject([
      {
        type: 'ticket.updated',
        public_seq: 2,
        data: { changes: { subject: 'New subject', tags: ['a', 'b'] } },
      },
      { type: 'ticket.priority_changed', public_seq: null, data: { from: 'medium', to: 'high' } },
    ]);
    const [seen] = (await ok(donor.get(`/tickets/${id}/events?after=1`))).events;
    expect(seen.changes).toEqual({ subject: 'New subject', description: 'New text', category: 'Feedback' });
    await ok(desk.admin.put(`/tickets/${id}`, { helpfulNotes: null, tags: [] }));
    expect((await rowsOf(desk.db, id))!.events.at(-1)).toMatchObject({
      type: 'ticket.updated',
      public_seq: null,
    });
    const rows = await rowsOf(desk.db, id);
    await ok(desk.admin.put(`/tickets/${id}`, { subject: 'New subject', priority: 'high', tags: [] }));
    expect(await rowsOf(desk.db, id)).toEqual(rows);
  });

  test('refuses a version that is not the ticket’s', async () => {
    const { id, donor } = await createTicket(desk.server);
    await ok(desk.admin.put(`/tickets/${id}`, { subject: 'One', version: 1 }));
    const before = await rowsOf(desk.db, id);
    const stale = await desk.colleague.put(`/tickets/${id}`, { subject: 'Two', version: 1 });
    expectRefusal(stale, 409, 'TICKET_STALE', `/tickets/${id}`);
    expect(stale.body.version).toBe(2);
    expect(await rowsOf(desk.db, id)).toEqual(before);
    await postMessage(donor, id);
    await ok(desk.colleague.put(`/tickets/${id}`, { subject: 'Two', version: 2 }));
  });

  test('takes all of it or nothing', async () => {
    const { id } = await createTicketIn(desk.server, 'closed', cast());
    const before = await rowsOf(desk.db, id);
    const body = { subject: 'Changed', priority: 'low', status: 'resolved' };
    expectRefusal(await desk.admin.put(`/tickets/${id}`, body), 409, 'ILLEGAL_TRANSITION');
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });

  test('tells the donor of an end and a return, as the verbs do', async () => {
    const lines: Record<string, string> = {
      resolved: 'This ticket was marked as resolved.',
      pending: 'This ticket was opened again.',
      closed: 'This ticket was closed.',
    };
    const { id } = await createTicketIn(desk.server, 'waiting_for_donor', cast());
    for (const [status, line] of Object.entries(lines)) {
      await ok(desk.admin.put(`/tickets/${id}`, { status }));
      expect((await ok(desk.link.get(`/tickets/${id}/messages`))).at(-1)).toMatchObject({
        messageType: 'system',
        content: line,
      });
    }
  });

  test('of a ticket on a call: leaving that status ends the call', async () => {
    const { id } = await createTicketIn(desk.server, 'active_call', cast());
    await ok(desk.admin.put(`/tickets/${id}`, { status: 'pending' }));
    expect((await rowsOf(desk.db, id))!.calls[0]).toMatchObject({
      status: 'ended',
      end_reason: 'status_changed',
    });
  });
});

describe('owners', () => {
  test.each([
    ['assign', (id: string, adminId: number) => desk.admin.put(`/tickets/${id}/assign`, { adminId })],
    ['update', (id: string, adminId: number) => desk.admin.put(`/tickets/${id}`, { adminId })],
    [
      'transfer',
      (id: string, toAdminId: number) => desk.admin.post(`/tickets/${id}/transfer`, { toAdminId }),
    ],
  ])('%s names an active member of staff', async (_verb, give) => {
    const { id } = await createTicket(desk.server);
    const before = await rowsOf(desk.db, id);
    for (const nobody of [goneId, 2_000_000_000]) {
      expectRefusal(await give(id, nobody), 400, 'TRANSFER_TARGET_INVALID');
    }
    expect(await rowsOf(desk.db, id)).toEqual(before);
    expect(await ok(give(id, desk.colleague.id))).toMatchObject({ adminId: desk.colleague.id });
  });

  test('a ticket of another admin can be taken or moved by a super admin only', async () => {
    const { id } = await createTicketIn(desk.server, 'pending', cast());
    const before = await rowsOf(desk.db, id);
    const at = `/tickets/${id}`;
    const { colleague, boss, admin } = desk;
    const taken = await colleague.put(`${at}/assign`);
    expectRefusal(taken, 409, 'TICKET_ALREADY_ASSIGNED', `${at}/assign`);
    expect(taken.body.owner).toEqual({ id: admin.id, name: 'Ada', username: admin.username });
    expectRefusal(await colleague.put(at, { adminId: colleague.id }), 409, 'TICKET_ALREADY_ASSIGNED');
    expectRefusal(await colleague.post(`${at}/transfer`, { toAdminId: boss.id }), 403, 'FORBIDDEN');
    expect(await rowsOf(desk.db, id)).toEqual(before);
    expectRefusal(await boss.put(`${at}/assign`), 409, 'TICKET_ALREADY_ASSIGNED');
    expect(await rowsOf(desk.db, id)).toEqual(before);
    expect(await ok(boss.put(`${at}/assign`, { adminId: boss.id }))).toMatchObject({
      adminId: boss.id,
      status: 'pending',
    });
    expect(await ok(boss.post(`${at}/transfer`, { toAdminId: colleague.id }))).toMatchObject({
      adminId: colleague.id,
      status: 'transferred',
    });
  });

  test('accepting twice is fine, accepting a transfer ends it', async () => {
    const { id } = await createTicketIn(desk.server, 'pending', cast());
    const rows = await rowsOf(desk.db, id);
    await ok(desk.admin.put(`/tickets/${id}/assign`));
    expect(await rowsOf(desk.db, id)).toEqual(rows);
    await ok(desk.admin.post(`/tickets/${id}/transfer`, { toAdminId: desk.colleague.id }));
    expect(await ok(desk.colleague.put(`/tickets/${id}/assign`))).toMatchObject({ status: 'pending' });
    expect((await rowsOf(desk.db, id))!.events.at(-1)).toMatchObject({ type: 'ticket.status_changed' });
  });

  test('a transfer to its owner is refused', async () => {
    const { id } = await createTicketIn(desk.server, 'pending', cast());
    const before = await rowsOf(desk.db, id);
    const answer = await desk.admin.post(`/tickets/${id}/transfer`, { toAdminId: desk.admin.id });
    expectRefusal(answer, 400, 'TRANSFER_TARGET_INVALID', `/tickets/${id}/transfer`);
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });

  test('who was given a ticket last is remembered', async () => {
    const { id } = await createTicket(desk.server);
    await ok(desk.boss.put(`/tickets/${id}/assign`, { adminId: desk.colleague.id }));
    const { rows } = await desk.db.query('SELECT last_assigned_at AS at FROM users WHERE id = $1', [
      desk.colleague.id,
    ]);
    expect(Date.now() - rows[0].at.getTime()).toBeLessThan(60_000);
  });
});

describe('POST /tickets/:id/rating', () => {
  test('is the donor’s, after resolve or close, and may change for a day', async () => {
    for (const status of ['resolved', 'closed'] as const) {
      const { id, donor } = await createTicketIn(desk.server, status, cast());
      const at = `/tickets/${id}/rating`;
      expect(await ok(donor.post(at, { rating: 2, comment: 'Slow' }))).toMatchObject({
        rating: 2,
        ratingComment: 'Slow',
      });
      expect(await ok(donor.post(at, { rating: 5 }))).toMatchObject({ rating: 5, ratingComment: null });
      const { ticket, events } = (await rowsOf(desk.db, id))!;
      expect(ticket).toMatchObject({ rating: 5, rating_comment: null, status });
      expect(events.filter(({ type }) => type === 'ticket.rated').map(({ data }) => data)).toEqual([
        { rating: 2, comment: 'Slow' },
        { rating: 5, comment: null },
      ]);
      await desk.db.query(`UPDATE tickets SET rated_at = now() - interval '25 hours' WHERE id = $1`, [id]);
      const before = await rowsOf(desk.db, id);
      expectRefusal(await donor.post(at, { rating: 1 }), 409, 'CONFLICT', at);
      expect(await rowsOf(desk.db, id)).toEqual(before);
    }
  });

  test.each(['new', 'pending', 'waiting_for_donor', 'active_call', 'transferred', 'cancelled'] as const)(
    'of a %s ticket is refused',
    async (status) => {
      const { id, donor } = await createTicketIn(desk.server, status, cast());
      const before = await rowsOf(desk.db, id);
      expectRefusal(await donor.post(`/tickets/${id}/rating`, { rating: 5 }), 409, 'CONFLICT');
      expect(await rowsOf(desk.db, id)).toEqual(before);
    },
  );

  test('is not for staff, nor for other donors', async () => {
    const { id } = await createTicketIn(desk.server, 'resolved', cast());
    const stranger = await createTicket(desk.server);
    const before = await rowsOf(desk.db, id);
    expectRefusal(await desk.admin.post(`/tickets/${id}/rating`, { rating: 5 }), 403, 'FORBIDDEN');
    expectRefusal(await stranger.donor.post(`/tickets/${id}/rating`, { rating: 5 }), 404, 'NOT_FOUND');
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });

  test.each([0, 6, 1.5, -1])('%s is no rating', async (rating) => {
    const { id, donor } = await createTicketIn(desk.server, 'resolved', cast());
    expectRefusal(await donor.post(`/tickets/${id}/rating`, { rating }), 400, 'BAD_REQUEST');
  });
});

describe('DELETE /tickets/:id', () => {
  test('takes everything along and leaves an audit row', async () => {
    const { id, created, donor } = await createTicket(desk.server, { callType: 'video' });
    await postMessage(donor, id);
    await ok(desk.admin.post(`/tickets/${id}/transfer`, { toAdminId: desk.colleague.id }));
    expect(await ok(desk.boss.delete(`/tickets/${id}`))).toEqual({ success: true });
    expect(await rowsOf(desk.db, id)).toBeNull();
    for (const table of ['messages', 'ticket_events', 'calls', 'ticket_transfers']) {
      const { rows } = await desk.db.query(`SELECT count(*)::int AS n FROM ${table} WHERE ticket_id = $1`, [
        id,
      ]);
      expect({ table, left: rows[0].n }).toEqual({ table, left: 0 });
    }
    const { rows } = await desk.db.query(`SELECT * FROM audit_log WHERE subject = $1`, [id]);
    expect(rows).toEqual([
      expect.objectContaining({
        action: 'ticket.deleted',
        actor_type: 'staff',
        actor_id: String(desk.boss.id),
        ip: '127.0.0.1',
        via: 'http',
        data: { number: created.number },
      }),
    ]);
    // It was their last: the session is gone with it.
    expectRefusal(await donor.get(`/tickets/${id}`), 401, 'UNAUTHORIZED');
    expectRefusal(await desk.boss.delete(`/tickets/${id}`), 404, 'NOT_FOUND');
  });

  test('is a super admin’s, even on a ticket of one’s own', async () => {
    const { id } = await createTicketIn(desk.server, 'pending', cast());
    const before = await rowsOf(desk.db, id);
    for (const missing of [id, '00000000-0000-4000-8000-000000000000']) {
      const refused = await desk.admin.delete(`/tickets/${missing}`);
      expectRefusal(refused, 403, 'FORBIDDEN');
      expect(refused.body.message).toContain('super admin');
    }
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });

  test('two at once: one', async () => {
    const { id } = await createTicket(desk.server);
    const answers = await Promise.all([
      desk.boss.delete(`/tickets/${id}`),
      desk.boss.delete(`/tickets/${id}`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    const { rows } = await desk.db.query(`SELECT count(*)::int AS n FROM audit_log WHERE subject = $1`, [id]);
    expect(rows[0].n).toBe(1);
  });
});

test('GET /tickets/categories tells anybody what a ticket can be about', async () => {
  const answer = await ok(desk.link.get('/tickets/categories'));
  expect(answer.priorities).toEqual(['low', 'medium', 'high', 'urgent']);
  expect(answer.categories).toContain('Donation problem');
  expect(await ok(desk.admin.get('/tickets?limit=1'))).toEqual([
    expect.objectContaining({ updatedAt: TIME }),
  ]);
});

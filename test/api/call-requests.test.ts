import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { expectRefusal, ok, TEXT, TIME, UUID } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => expectInvariants(desk.db));
afterAll(() => desk.close());

const ask = ({ id, donor }: TicketFixture, fields: object = {}) =>
  ok(donor.post(`/tickets/${id}/call-requests`, { mode: 'video', ...fields }), 201);

/** Polls until the request has this status; the suite's timeout is the bound. */
async function becomes(ticket: TicketFixture, status: string): Promise<void> {
  for (;;) {
    const [request] = await ok(ticket.donor.get(`/tickets/${ticket.id}/call-requests`));
    if (request.status === status) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('asking for a call', () => {
  test('waits for an answer, and both sides see it', async () => {
    const ticket = await createTicket(desk.server, { subject: 'Receipt' });
    const request = await ask(ticket, { message: 'It is urgent' });
    expect(request).toEqual({
      id: UUID,
      ticketId: ticket.id,
      mode: 'video',
      message: 'It is urgent',
      status: 'PENDING',
      adminId: null,
      callId: null,
      expiresAt: TIME,
      createdAt: TIME,
      updatedAt: TIME,
    });
    expect(await ok(ticket.donor.get(`/tickets/${ticket.id}/call-requests`))).toEqual([request]);
    const waiting = await ok(desk.admin.get('/call-requests'));
    expect(waiting.find(({ id }: { id: string }) => id === request.id)).toMatchObject({
      ticket: { number: ticket.created.number, subject: 'Receipt', adminId: null },
    });
    expect(await eventTypes(desk.db, ticket.id)).toEqual([
      'ticket.created',
      'call.requested',
      'message.posted',
    ]);
  });

  test('twice, also at the same time, is one request', async () => {
    const ticket = await createTicket(desk.server);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        ticket.donor.post(`/tickets/${ticket.id}/call-requests`, { mode: 'audio' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test('is for donors, on open tickets without a call that staff are in', async () => {
    const ticket = await createTicket(desk.server);
    const path = `/tickets/${ticket.id}/call-requests`;
    expectRefusal(await desk.admin.post(path, { mode: 'video' }), 403, 'FORBIDDEN', path);
    await ok(
      desk.admin.post('/calls', { ticketId: ticket.id, callType: 'audio', initiatedBy: 'admin' }),
      201,
    );
    expectRefusal(await ticket.donor.post(path, { mode: 'video' }), 409, 'CONFLICT', path);
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    const before = await rowsOf(desk.db, ticket.id);
    expectRefusal(await ticket.donor.post(path, { mode: 'video' }), 409, 'TICKET_CLOSED', path);
    expectRefusal(await ticket.donor.post(path, { mode: 'hologram' }), 400, 'BAD_REQUEST', path);
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
  });
});

describe('accepting', () => {
  test('takes a free ticket and opens the call; donors never read the admin token', async () => {
    const ticket = await createTicket(desk.server);
    const request = await ask(ticket);
    const accepted = await ok(desk.admin.post(`/call-requests/${request.id}/accept`));
    expect(accepted).toMatchObject({
      request: { id: request.id, status: 'ACCEPTED', adminId: desk.admin.id, callId: UUID },
      call: {
        ticketId: ticket.id,
        status: 'active',
        callType: 'video',
        initiatedBy: 'donor',
        adminToken: TEXT,
      },
    });
    expect(accepted.call.id).toBe(accepted.request.callId);
    const seen = await ok(ticket.donor.get(`/tickets/${ticket.id}`));
    expect(seen).toMatchObject({
      status: 'active_call',
      adminId: desk.admin.id,
      activeCall: { id: accepted.call.id },
    });
    const all = JSON.stringify([seen, await ok(ticket.donor.get(`/tickets/${ticket.id}/events`))]);
    expect(all).not.toContain(accepted.call.adminToken);
  });

  test('by several has one winner, whom the others are told', async () => {
    const ticket = await createTicket(desk.server);
    const { id } = await ask(ticket);
    const staff = [desk.admin, desk.colleague, desk.boss];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, turn) => staff[turn % 3]!.post(`/call-requests/${id}/accept`)),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const winner = won[0]!.body.request.adminId;
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expectRefusal(answer, 409, 'CALL_REQUEST_CLOSED');
      expect(answer.body.winner.id).toBe(winner);
    }
    expect((await rowsOf(desk.db, ticket.id))!.calls).toHaveLength(1);
  });

  test('the newest request of a ticket needs no id', async () => {
    const ticket = await createTicket(desk.server);
    expectRefusal(await desk.admin.post(`/tickets/${ticket.id}/call-requests/accept`), 404, 'NOT_FOUND');
    const request = await ask(ticket);
    const accepted = await ok(desk.admin.post(`/tickets/${ticket.id}/call-requests/accept`));
    expect(accepted.request.id).toBe(request.id);
  });
});

describe('a request that comes to nothing', () => {
  test('is rejected by staff', async () => {
    const ticket = await createTicket(desk.server);
    const { id } = await ask(ticket);
    expect(await ok(desk.admin.post(`/call-requests/${id}/reject`))).toMatchObject({
      status: 'REJECTED',
      adminId: desk.admin.id,
    });
    expectRefusal(await desk.colleague.post(`/call-requests/${id}/accept`), 409, 'CALL_REQUEST_CLOSED');
    expect(await eventTypes(desk.db, ticket.id, 3)).toEqual(['call.rejected', 'message.posted']);
  });

  test('is taken back by its donor, and by nobody else', async () => {
    const ticket = await createTicket(desk.server);
    const stranger = await createTicket(desk.server);
    const { id } = await ask(ticket);
    expectRefusal(await stranger.donor.delete(`/call-requests/${id}`), 404, 'NOT_FOUND');
    expectRefusal(await desk.admin.delete(`/call-requests/${id}`), 403, 'FORBIDDEN');
    expect(await ok(ticket.donor.delete(`/call-requests/${id}`))).toMatchObject({ status: 'CANCELLED' });
    expect(await eventTypes(desk.db, ticket.id, 3)).toEqual(['call.cancelled', 'message.posted']);
  });

  test('expires when nobody answers, once, and stays as a missed call', async () => {
    const ticket = await createTicket(desk.server);
    const { id } = await ask(ticket);
    await desk.db.query(`UPDATE call_requests SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      id,
    ]);
    expectRefusal(await desk.admin.post(`/call-requests/${id}/accept`), 409, 'CALL_REQUEST_CLOSED');
    await becomes(ticket, 'EXPIRED');
    expect(await eventTypes(desk.db, ticket.id, 3)).toEqual(['call.expired', 'message.posted']);
  });

  test('expires with its ticket', async () => {
    const ticket = await createTicket(desk.server);
    await ask(ticket);
    await ok(desk.admin.put(`/tickets/${ticket.id}/resolve`));
    const [request] = await ok(ticket.donor.get(`/tickets/${ticket.id}/call-requests`));
    expect(request.status).toBe('EXPIRED');
    expect(await eventTypes(desk.db, ticket.id)).toContain('call.expired');
  });
});

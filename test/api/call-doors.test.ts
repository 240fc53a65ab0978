import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { videoConfig } from '../support/app.js';
import { expectRefusal, ok, TIME } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => expectInvariants(desk.db));
afterAll(() => desk.close());

const CALL = { callType: 'video', initiatedBy: 'donor' };

/** Each way in which a donor can ask for a call. */
const DOORS: Record<string, () => Promise<TicketFixture>> = {
  'POST /tickets/:id/call-requests': async () => {
    const ticket = await createTicket(desk.server);
    await ok(ticket.donor.post(`/tickets/${ticket.id}/call-requests`, { mode: 'video' }), 201);
    return ticket;
  },
  'callType on POST /tickets': () => createTicket(desk.server, { callType: 'video' }),
  'POST /calls': async () => {
    const ticket = await createTicket(desk.server);
    await ok(ticket.donor.post('/calls', { ticketId: ticket.id, ...CALL }), 201);
    return ticket;
  },
};

const requestsOf = ({ id }: TicketFixture) => ok(desk.admin.get(`/tickets/${id}/call-requests`));
const ringing = async ({ id }: TicketFixture) =>
  (await ok(desk.admin.get('/call-requests'))).filter(
    ({ ticketId }: { ticketId: string }) => ticketId === id,
  );
const overdue = (table: string, column: string, ticketId: string) =>
  desk.db.query(`UPDATE ${table} SET ${column} = now() - interval '11 minutes' WHERE ticket_id = $1`, [
    ticketId,
  ]);

/** Polls until the ticket is so; the suite's timeout is the bound. */
async function becomes(ticket: TicketFixture, wanted: Record<string, unknown>): Promise<void> {
  for (;;) {
    const now = await ok(desk.admin.get(`/tickets/${ticket.id}`));
    if (Object.entries(wanted).every(([field, value]) => now[field] === value)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
async function isMissed(ticket: TicketFixture): Promise<void> {
  while ((await requestsOf(ticket))[0].status !== 'EXPIRED')
    await new Promise((resolve) => setTimeout(resolve, 50));
}

describe.each(Object.keys(DOORS))('%s', (door) => {
  const through = () => DOORS[door]!();

  test('is one request that rings', async () => {
    const ticket = await through();
    const { activeCallId } = await ok(ticket.donor.get(`/tickets/${ticket.id}`));
    expect(await ringing(ticket)).toEqual([
      expect.objectContaining({ status: 'PENDING', mode: 'video', callId: activeCallId, expiresAt: TIME }),
    ]);
    expect((await eventTypes(desk.db, ticket.id)).filter((type) => type === 'call.requested')).toHaveLength(
      1,
    );
  });

  test('stays one when the donor asks by the other ways too', async () => {
    const ticket = await through();
    await ok(ticket.donor.post(`/tickets/${ticket.id}/call-requests`, { mode: 'video' }));
    await ticket.donor.post('/calls', { ticketId: ticket.id, ...CALL });
    await ok(ticket.donor.post(`/tickets/${ticket.id}/call-requests`, { mode: 'video' }));
    expect(await requestsOf(ticket)).toHaveLength(1);
  });

  test('is accepted by one, who comes into the room where the donor waits', async () => {
    const ticket = await through();
    const { activeCallId } = await ok(ticket.donor.get(`/tickets/${ticket.id}`));
    const [{ id }] = await ringing(ticket);
    const answers = await Promise.all(
      [desk.boss, desk.admin, desk.colleague].map((who) => who.post(`/call-requests/${id}/accept`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const { request, call } = answers.find(({ status }) => status === 200)!.body;
    expect(request).toMatchObject({ status: 'ACCEPTED', callId: call.id });
    if (activeCallId !== null) expect(call.id).toBe(activeCallId);
    expect(await ok(ticket.donor.get(`/tickets/${ticket.id}`))).toMatchObject({
      status: 'active_call',
      adminId: request.adminId,
      activeCallId: call.id,
    });
    expect(await ringing(ticket)).toEqual([]);
  });

  test('is missed when nobody comes, and owes a callback until staff call', async () => {
    const ticket = await through();
    await overdue('call_requests', 'expires_at', ticket.id);
    await isMissed(ticket);
    const missed = await ok(desk.admin.get(`/tickets/${ticket.id}`));
    expect(missed.callbackDueAt).toEqual(TIME);
    const { events } = (await rowsOf(desk.db, ticket.id))!;
    expect(events.find(({ type }) => type === 'call.expired')!.data).toMatchObject({
      callbackDueAt: missed.callbackDueAt,
    });
    const call = await desk.admin.post('/calls', {
      ticketId: ticket.id,
      callType: 'video',
      initiatedBy: 'admin',
    });
    expect([200, 201]).toContain(call.status);
    expect(await ok(desk.admin.get(`/tickets/${ticket.id}`))).toMatchObject({ callbackDueAt: null });
  });
});

describe('a donor who waits in the room', () => {
  const inRoom = () => createTicket(desk.server, { callType: 'audio' });

  test('stays there when the call is missed, and can still be joined', async () => {
    const ticket = await inRoom();
    await overdue('call_requests', 'expires_at', ticket.id);
    await isMissed(ticket);
    const { activeCallId } = await ok(ticket.donor.get(`/tickets/${ticket.id}`));
    expect(activeCallId).not.toBeNull();
    await ok(desk.admin.post(`/calls/${activeCallId}/join`));
    expect((await requestsOf(ticket))[0]).toMatchObject({ status: 'ACCEPTED', adminId: desk.admin.id });
    await overdue('calls', 'started_at', ticket.id);
    // Another donor who waits too long shows that the look went past this one.
    const other = await inRoom();
    await overdue('calls', 'started_at', other.id);
    await becomes(other, { activeCallId: null });
    expect(await ok(desk.admin.get(`/tickets/${ticket.id}`))).toMatchObject({ activeCallId });
  });

  test('waits ten minutes at most; then the call ends as missed', async () => {
    const ticket = await inRoom();
    await overdue('calls', 'started_at', ticket.id);
    await becomes(ticket, { activeCallId: null });
    const { calls, ticket: row } = (await rowsOf(desk.db, ticket.id))!;
    expect(calls).toEqual([expect.objectContaining({ status: 'ended', end_reason: 'missed' })]);
    expect(row).toMatchObject({ status: 'new', callback_due_at: expect.any(String) });
    expect((await requestsOf(ticket))[0].status).toBe('EXPIRED');
  });

  test('cancels by leaving', async () => {
    const ticket = await inRoom();
    await ok(ticket.donor.post(`/calls/${ticket.created.activeCallId}/end`));
    expect((await requestsOf(ticket))[0].status).toBe('CANCELLED');
    expect(await eventTypes(desk.db, ticket.id)).toContain('call.cancelled');
  });

  test('leaves the room by taking the request back, and when it is declined', async () => {
    const [taken, declined] = [await inRoom(), await inRoom()];
    await ok(taken.donor.delete(`/call-requests/${(await ringing(taken))[0].id}`));
    await ok(desk.admin.post(`/call-requests/${(await ringing(declined))[0].id}/reject`));
    for (const ticket of [taken, declined]) {
      expect(await ok(desk.admin.get(`/tickets/${ticket.id}`))).toMatchObject({
        activeCallId: null,
        status: 'new',
      });
    }
  });

  test('rings again when asked again after a missed call', async () => {
    const ticket = await inRoom();
    await overdue('call_requests', 'expires_at', ticket.id);
    await isMissed(ticket);
    await ok(ticket.donor.post(`/tickets/${ticket.id}/call-requests`, { mode: 'audio' }), 201);
    expect(await ringing(ticket)).toEqual([expect.objectContaining({ callId: ticket.created.activeCallId })]);
    expect(await ok(desk.admin.get(`/tickets/${ticket.id}`))).toMatchObject({ callbackDueAt: null });
  });
});

test('what staff open for a donor does not ring', async () => {
  const body = { donorId: 'd-staff', donorEmail: 'd@example.org', callType: 'video' };
  const { id } = await ok(desk.admin.post('/tickets', body), 201);
  await ok(desk.colleague.post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'admin' }));
  expect(await ok(desk.admin.get(`/tickets/${id}/call-requests`))).toEqual([]);
});

test('a callback ends with the ticket', async () => {
  const ticket = await DOORS['callType on POST /tickets']!();
  await overdue('call_requests', 'expires_at', ticket.id);
  await isMissed(ticket);
  expectRefusal(
    await desk.colleague.post(`/call-requests/${(await requestsOf(ticket))[0].id}/accept`),
    409,
    'CALL_REQUEST_CLOSED',
  );
  await ok(desk.admin.put(`/tickets/${ticket.id}/resolve`));
  expect(await ok(desk.admin.get(`/tickets/${ticket.id}`))).toMatchObject({ callbackDueAt: null });
});

describe('with a provider that cannot be reached', () => {
  let away: Desk;
  beforeAll(async () => {
    away = await openDesk({
      video: videoConfig({ provider: 'daily', dailyApiKey: 'key', dailyApiUrl: 'http://127.0.0.1:1/v1' }),
    });
  });
  afterAll(() => away.close());

  test('a new ticket that asks for a call rings before its room exists', async () => {
    const ticket = await createTicket(away.server, { callType: 'audio' });
    expect(ticket.created).toMatchObject({ call: null, callPending: true });
    expect(await ok(away.admin.get('/call-requests'))).toEqual([
      expect.objectContaining({ ticketId: ticket.id, callId: null, mode: 'audio' }),
    ]);
    await expectInvariants(away.db);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startCall } from '../factories/call.factory.js';
import { createTicket, createTicketIn } from '../factories/ticket.factory.js';
import { expectRefusal, ok, TEXT, TIME, UUID } from '../support/client.js';
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

/** A call as a donor reads it; staff get `adminToken` beside it. */
function callOf(fields: Record<string, unknown> = {}) {
  return {
    id: UUID,
    ticketId: UUID,
    dailyRoomUrl: expect.stringMatching(/^http:\/\/localhost:5005\/call\//),
    status: 'active',
    callType: 'video',
    initiatedBy: 'donor',
    startedAt: TIME,
    endedAt: null,
    createdAt: TIME,
    updatedAt: TIME,
    userToken: TEXT,
    ...fields,
  };
}

describe('POST /calls', () => {
  test('by a donor answers 201 without adminToken and puts the ticket on a call', async () => {
    const { id } = await createTicket(desk.server);
    const call = await startCall(desk.link, id, 'donor', { callType: 'audio' });
    expect(call).toMatchObject(callOf({ ticketId: id, callType: 'audio' }));
    expect(call).not.toHaveProperty('adminToken');
    const { ticket, calls, messages } = (await rowsOf(desk.db, id))!;
    expect(ticket).toMatchObject({
      status: 'active_call',
      active_call_id: call.id,
      admin_id: null,
      call_requested: true,
      call_type: 'audio',
    });
    expect(calls).toHaveLength(1);
    expect(messages.map(({ content }) => content)).toEqual(['An audio call has started.']);
    expect(await eventTypes(desk.db, id, 1)).toEqual([
      'call.started',
      'message.posted',
      'call.requested',
      'ticket.status_changed',
    ]);
  });

  test('by staff answers 201 with both tokens and takes a ticket that nobody owns', async () => {
    const { id } = await createTicket(desk.server);
    const call = await startCall(desk.admin, id, 'admin');
    expect(call).toMatchObject(callOf({ ticketId: id, initiatedBy: 'admin', adminToken: TEXT }));
    expect(call.adminToken).not.toBe(call.userToken);
    expect((await rowsOf(desk.db, id))!.ticket).toMatchObject({
      status: 'active_call',
      admin_id: desk.admin.id,
    });
  });

  test('while one is open answers 200 with that one, filtered by role', async () => {
    const { id, created } = await createTicket(desk.server, { callType: 'video' });
    const body = { ticketId: id, callType: 'audio' };
    const again = await ok(desk.link.post('/calls', { ...body, initiatedBy: 'donor' }));
    expect(again).toMatchObject(callOf({ id: created.activeCallId, userToken: TEXT }));
    const before = await rowsOf(desk.db, id);
    expect(before!.events).toHaveLength(3);
    const staffs = await ok(desk.admin.post('/calls', { ...body, initiatedBy: 'admin' }));
    expect(staffs).toMatchObject(callOf({ id: created.activeCallId, adminToken: TEXT }));
    expect((await rowsOf(desk.db, id))!.ticket).toMatchObject({
      status: 'active_call',
      admin_id: desk.admin.id,
    });
  });

  test.each([
    ['a donor as admin', () => desk.link, 'admin'],
    ['staff as donor', () => desk.admin, 'donor'],
  ])('refuses %s with 403 and writes nothing', async (_name, caller, initiatedBy) => {
    const { id } = await createTicket(desk.server);
    const before = await rowsOf(desk.db, id);
    const answer = await caller().post('/calls', { ticketId: id, callType: 'video', initiatedBy });
    expectRefusal(answer, 403, 'FORBIDDEN', '/calls');
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });

  test.each(['resolved', 'closed', 'cancelled'] as const)(
    'on a %s ticket is refused with 409',
    async (status) => {
      const { id } = await createTicketIn(desk.server, status, cast());
      const before = await rowsOf(desk.db, id);
      const answer = await desk.admin.post('/calls', {
        ticketId: id,
        callType: 'video',
        initiatedBy: 'admin',
      });
      expectRefusal(answer, 409, 'ILLEGAL_TRANSITION');
      expect(answer.body).toMatchObject({ from: status, to: 'active_call' });
      expect(await rowsOf(desk.db, id)).toEqual(before);
    },
  );
});

describe('reading calls', () => {
  test('GET /calls pages through all calls, newest first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const { created } = await createTicket(desk.server, { callType: 'video' });
      ids.unshift(created.activeCallId);
    }
    const total = Number((await desk.admin.get('/calls')).headers.get('x-total-count'));
    const seen: string[] = [];
    let path: string | undefined = '/calls?limit=2';
    while (path !== undefined) {
      const answer = await desk.admin.get(path);
      expect(answer.headers.get('x-total-count')).toBe(String(total));
      for (const call of answer.body) expect(call).toMatchObject({ ticketId: UUID, adminToken: TEXT });
      seen.push(...answer.body.map(({ id }: { id: string }) => id));
      path = /^<\/api\/v1(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(seen.slice(0, 3)).toEqual(ids);
    expect(new Set(seen).size).toBe(total);
    const ended = await ok(desk.admin.get('/calls?status=ended&limit=100'));
    expect(ended.every(({ status }: { status: string }) => status === 'ended')).toBe(true);
  });

  test('GET /calls/:id and /calls/ticket/:ticketId filter by role', async () => {
    const { id, created, donor } = await createTicket(desk.server, { callType: 'video' });
    const call = callOf({ id: created.activeCallId, ticketId: id });
    for (const who of [donor, desk.link]) {
      const one = await ok(who.get(`/calls/${created.activeCallId}`));
      expect(one).toMatchObject(call);
      expect(one).not.toHaveProperty('adminToken');
      expect(await ok(who.get(`/calls/ticket/${id}`))).toEqual([one]);
    }
    const staffs = { ...call, adminToken: TEXT };
    expect(await ok(desk.admin.get(`/calls/${created.activeCallId}`))).toMatchObject(staffs);
    expect(await ok(desk.admin.get(`/calls/ticket/${id}`))).toEqual([expect.objectContaining(staffs)]);
  });
});

describe('ending a call', () => {
  test.each([
    ['donor', () => desk.link],
    ['admin', () => desk.admin],
  ])(
    'POST /calls/:id/end by the %s frees the ticket, and again gives the first end',
    async (side, caller) => {
      const { id } = await createTicketIn(desk.server, 'active_call', cast());
      const callId = (await rowsOf(desk.db, id))!.ticket.active_call_id;
      const ended = await ok(caller().post(`/calls/${callId}/end`));
      expect(ended).toMatchObject(
        callOf({ id: callId, status: 'ended', endedAt: TIME, initiatedBy: 'admin' }),
      );
      expect('adminToken' in ended).toBe(side === 'admin');
      const rows = await rowsOf(desk.db, id);
      expect(rows!.ticket).toMatchObject({ status: 'pending', active_call_id: null });
      expect(await ok(caller().post(`/calls/${callId}/end`))).toEqual(ended);
      expect(await rowsOf(desk.db, id)).toEqual(rows);
    },
  );

  test('gives a ticket that nobody owns back to the new ones', async () => {
    const { id } = await createTicket(desk.server);
    const call = await startCall(desk.link, id, 'donor');
    await ok(desk.link.post(`/calls/${call.id}/end`));
    expect((await rowsOf(desk.db, id))!.ticket).toMatchObject({ status: 'new', admin_id: null });
  });

  test('PUT /calls/:id sets the status; an ended call does not come back', async () => {
    const { id } = await createTicketIn(desk.server, 'active_call', cast());
    const callId = (await rowsOf(desk.db, id))!.ticket.active_call_id;
    expect(await ok(desk.admin.put(`/calls/${callId}`, { status: 'active' }))).toMatchObject({
      status: 'active',
      adminToken: TEXT,
    });
    expect(await ok(desk.admin.put(`/calls/${callId}`, { status: 'ended' }))).toMatchObject(
      callOf({ status: 'ended', endedAt: TIME, initiatedBy: 'admin', adminToken: TEXT }),
    );
    const before = await rowsOf(desk.db, id);
    expectRefusal(await desk.admin.put(`/calls/${callId}`, { status: 'active' }), 409, 'CALL_ENDED');
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });

  test('DELETE /calls/:id/room ends the call', async () => {
    const { id } = await createTicketIn(desk.server, 'active_call', cast());
    const callId = (await rowsOf(desk.db, id))!.ticket.active_call_id;
    expect(await ok(desk.admin.delete(`/calls/${callId}/room`))).toMatchObject({
      status: 'ended',
      endReason: 'room_deleted',
    });
  });

  test('finds the call however its id is written', async () => {
    const { id } = await createTicketIn(desk.server, 'active_call', cast());
    const callId: string = (await rowsOf(desk.db, id))!.ticket.active_call_id;
    await ok(desk.link.post(`/calls/${callId.toUpperCase()}/join`));
    expect(await ok(desk.link.post(`/calls/${callId.toUpperCase()}/end`))).toMatchObject({
      id: callId,
      status: 'ended',
    });
  });
});

describe('POST /calls/:id/join', () => {
  test('gives a donor a token of the donor’s own and changes no status', async () => {
    const { id, created, donor } = await createTicket(desk.server, { callType: 'video' });
    const joined = await ok(donor.post(`/calls/${created.activeCallId}/join`));
    expect(joined).toMatchObject({ ...callOf(), token: TEXT, iceServers: [] });
    expect(joined).not.toHaveProperty('adminToken');
    const { ticket, events } = (await rowsOf(desk.db, id))!;
    expect(ticket.status).toBe('new');
    expect(events.at(-1)).toMatchObject({ type: 'call.joined', data: { role: 'donor' } });
  });

  test('by staff takes the ticket and puts it on the call', async () => {
    const { id, created } = await createTicket(desk.server, { callType: 'video' });
    const joined = await ok(desk.admin.post(`/calls/${created.activeCallId}/join`));
    expect(joined).toMatchObject({ token: TEXT, adminToken: TEXT });
    expect((await rowsOf(desk.db, id))!.ticket).toMatchObject({
      status: 'active_call',
      admin_id: desk.admin.id,
    });
    await ok(desk.colleague.post(`/calls/${created.activeCallId}/join`));
    expect((await rowsOf(desk.db, id))!.ticket.admin_id).toBe(desk.admin.id);
  });

  test('of an ended call is refused', async () => {
    const { id, created } = await createTicket(desk.server, { callType: 'video' });
    await ok(desk.link.post(`/calls/${created.activeCallId}/end`));
    const before = await rowsOf(desk.db, id);
    expectRefusal(await desk.link.post(`/calls/${created.activeCallId}/join`), 409, 'CALL_ENDED');
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });
});

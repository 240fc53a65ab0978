import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketEvent } from '../../src/domain/event-log/ticket-event.js';
import { dailyUserId } from '../../src/platform/video/daily/daily-token.js';
import { EventBus } from '../../src/platform/events/event-bus.js';
import { startCall } from '../factories/call.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { login } from './auth-client.js';
import { videoConfig } from '../support/app.js';
import { Client, expectRefusal, ok, TEXT, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { FakeDaily } from '../support/fake-daily.js';
import type { VendorFault } from '../support/fake-vendor.js';
import { provisionStaff } from '../support/staff-people.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let daily: FakeDaily;
let desk: Desk;
const live: TicketEvent[] = [];
beforeAll(async () => {
  daily = await FakeDaily.start();
  desk = await openDesk({
    video: videoConfig({
      provider: 'daily',
      dailyApiKey: daily.apiKey,
      dailyApiUrl: daily.url,
    }),
  });
  desk.server.app.get(EventBus).on('ticket.events', (events) => live.push(...events));
});
afterEach(async () => {
  daily.heal();
  await expectInvariants(desk.db);
});
afterAll(async () => {
  await desk.close();
  await daily.close();
});

/** Polls until there is something; the suite's timeout is the bound. */
async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The job that a new ticket leaves waits until the request has had its chance; here it need not. */
async function hurryJobs(): Promise<void> {
  await desk.db.query(
    `UPDATE pgboss.job SET start_after = now() WHERE name = 'calls.open-with-ticket' AND state IN ('created', 'retry')`,
  );
}

const callOf = (ticketId: string) =>
  eventually(async () => {
    await hurryJobs();
    return (await rowsOf(desk.db, ticketId))!.calls[0];
  });

const roomsOf = (answer: Answer['body']) =>
  [...daily.rooms.values()].filter(({ url }) => url === answer.dailyRoomUrl);
const roomsMade = () =>
  daily.requests.filter(({ method, path }) => method === 'POST' && path === '/v1/rooms').length;

/** The user id of somebody in call tokens, as their access token says it. */
const bearerOfLogin = ({ id, token }: { id: number; token: string }) => `staff-${id}.${claims(token).sid}`;

const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());

test('a new ticket has its room and both tokens, of two roles', async () => {
  const { id, created } = await createTicket(desk.server, { callType: 'video' });
  expect(created.call).toMatchObject({ provider: 'daily', status: 'active', userToken: TEXT });
  expect(roomsOf(created.call)).toEqual([expect.objectContaining({ privacy: 'private' })]);
  const { activeCall } = await ok(desk.admin.get(`/tickets/${id}`));
  expect(claims(activeCall.userToken).o).toBe(false);
  expect(claims(activeCall.adminToken).o).toBe(true);
  expect(JSON.stringify(created)).not.toContain(activeCall.adminToken);
});

test('staff have tokens of their own, signed once for each of them', async () => {
  const { created } = await createTicket(desk.server, { callType: 'video' });
  const path = `/calls/${created.activeCallId}`;
  const signed = () => daily.requests.filter((one) => one.path === '/v1/meeting-tokens').length;
  const before = signed();
  const ids = [];
  const [ada, bo] = [await provisionStaff(desk), await provisionStaff(desk)];
  for (const person of [ada, bo, ada]) ids.push(claims((await ok(person.get(path))).adminToken).ud);
  const [first, second] = [ada, bo].map((person) => dailyUserId(bearerOfLogin(person)));
  expect(ids).toEqual([first, second, first]);
  expect(signed() - before).toBe(2);
  const ended = await ok(desk.admin.post(`${path}/end`));
  expect(ended).toMatchObject({ status: 'ended', adminToken: null });
});

test('staff whose tokens end are sent out of every room, and kept out, even when the provider was away', async () => {
  const { created } = await createTicket(desk.server, { callType: 'video' });
  const gone = await provisionStaff(desk);
  await ok(gone.post(`/calls/${created.activeCallId}/join`));
  daily.failNext({ kind: 'status', status: 500 });
  await ok(desk.boss.delete(`/users/${gone.id}`), 204);
  const banned = await eventually(() => daily.banned.get(created.call.roomName));
  expect(banned).toEqual([dailyUserId(bearerOfLogin(gone)), `staff-${gone.id}.0`]);
});

test('of a sign-in that ends alone, nothing else of the person is sent out', async () => {
  const { created } = await createTicket(desk.server, { callType: 'video' });
  const gone = await provisionStaff(desk);
  const { body } = await login(desk.server, gone.username, gone.password);
  const elsewhere = new Client(desk.server, { authorization: `Bearer ${body.accessToken}` });
  await ok(gone.post(`/calls/${created.activeCallId}/join`));
  await ok(elsewhere.delete('/auth/sessions'), 204);
  const banned = await eventually(() => daily.banned.get(created.call.roomName));
  expect(banned).toEqual([dailyUserId(bearerOfLogin(gone))]);
});

test('a donor whose session ends is sent out', async () => {
  const { id, donor, created } = await createTicket(desk.server, { callType: 'video' });
  const { token } = await ok(donor.post(`/calls/${created.activeCallId}/join`));
  expect(claims(token).ud).toBe(claims(created.call.userToken).ud);
  await ok(desk.admin.post(`/tickets/${id}/donor/logout`));
  const banned = await eventually(() => daily.banned.get(created.call.roomName));
  expect(banned).toEqual([claims(token).ud]);
});

describe('a ticket is never held up by the provider', () => {
  const faults: [string, VendorFault][] = [
    ['hangs', { kind: 'hang' }],
    ['is slow', { kind: 'slow', ms: 20_000 }],
    ['fails', { kind: 'status', status: 500 }],
    ['talks nonsense', { kind: 'garbage' }],
    ['refuses the key', { kind: 'status', status: 401 }],
    ['is overloaded', { kind: 'status', status: 429, headers: { 'retry-after': '60' } }],
  ];

  test.each(faults)(
    'when it %s: 201 without a call, which follows by job and event',
    async (_name, fault) => {
      daily.failAlways(fault);
      const ticket = await createTicket(desk.server, { callType: 'audio' });
      expect(ticket.created).toMatchObject({
        call: null,
        callPending: true,
        activeCallId: null,
        status: 'new',
      });
      expect(ticket.created.donorToken).toEqual(TEXT);
      daily.heal();
      const call = await callOf(ticket.id);
      expect(call).toMatchObject({ status: 'active', call_type: 'audio', initiated_by: 'donor' });
      const heard = await eventually(() =>
        live.find(({ ticketId, type }) => ticketId === ticket.id && type === 'call.started'),
      );
      expect(heard).toMatchObject({ data: { callId: call.id }, actor: { type: 'system', id: null } });
      const seen = await ok(ticket.donor.get(`/tickets/${ticket.id}`));
      expect(seen).toMatchObject({ activeCallId: call.id, status: 'new', activeCall: { userToken: TEXT } });
      expect(roomsOf(seen.activeCall)).toHaveLength(1);
    },
  );

  test('an answer that was lost leads to the same room, and one call', async () => {
    daily.failNext({ kind: 'lost-answer' });
    const { id, created } = await createTicket(desk.server, { callType: 'video' });
    const call = await callOf(id);
    const { calls } = (await rowsOf(desk.db, id))!;
    expect(calls).toHaveLength(1);
    const ours = [...daily.rooms.values()].filter(({ name }) => name === call.room_name);
    expect(ours).toHaveLength(1);
    if (created.call !== null) expect(created.call.id).toBe(call.id);
  });

  test('a ticket that ends before its call is there gets none', async () => {
    daily.failAlways({ kind: 'status', status: 500 });
    const { id, donorId } = await createTicket(desk.server, { callType: 'video' });
    await ok(desk.link.put(`/tickets/${id}/donor/${donorId}/resolve`));
    daily.heal();
    const before = roomsMade();
    const job = await eventually(async () => {
      await hurryJobs();
      const { rows } = await desk.db.query(
        `SELECT state FROM pgboss.job WHERE name = 'calls.open-with-ticket' AND data->>'ticketId' = $1`,
        [id],
      );
      return rows.find(({ state }) => state === 'completed');
    });
    expect(job).toBeDefined();
    expect((await rowsOf(desk.db, id))!.calls).toEqual([]);
    expect(roomsMade()).toBe(before);
  });
});

describe('POST /calls', () => {
  test('fifty at once make one room', async () => {
    const { id, donor } = await createTicket(desk.server);
    const before = daily.rooms.size;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        donor.post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'donor' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
    expect(new Set(answers.map(({ body }) => body.dailyRoomUrl)).size).toBe(1);
    expect(daily.rooms.size - before).toBe(1);
    expect((await rowsOf(desk.db, id))!.calls).toHaveLength(1);
  });

  test('answers 503 and when to come back while the provider is unavailable, and writes nothing', async () => {
    const { id, donor } = await createTicket(desk.server);
    const before = await rowsOf(desk.db, id);
    daily.failAlways({ kind: 'status', status: 503 });
    const answer = await donor.post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'donor' });
    expectRefusal(answer, 503, 'VIDEO_UNAVAILABLE', '/calls');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(answer.body)).not.toMatch(/127\.0\.0\.1|daily-key/);
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });

  test('on an ended ticket makes no room', async () => {
    const { id, donor, donorId } = await createTicket(desk.server);
    await ok(desk.link.put(`/tickets/${id}/donor/${donorId}/resolve`));
    const before = roomsMade();
    const answer = await donor.post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'donor' });
    expectRefusal(answer, 409, 'ILLEGAL_TRANSITION');
    expect(roomsMade()).toBe(before);
  });
});

describe('the room of a call', () => {
  const closed = (url: string) =>
    eventually(() => (roomsOf({ dailyRoomUrl: url }).length === 0 ? true : undefined));

  test('is closed after the end, even when the provider was away', async () => {
    const { id, donor } = await createTicket(desk.server);
    const call = await startCall(donor, id, 'donor');
    expect(roomsOf(call)).toHaveLength(1);
    daily.failNext({ kind: 'status', status: 500 });
    await ok(donor.post(`/calls/${call.id}/end`));
    await closed(call.dailyRoomUrl);
  });

  test('is closed when the ticket is deleted, however much the outbox has to do', async () => {
    const { id, donor } = await createTicket(desk.server);
    const call = await startCall(donor, id, 'donor');
    const other = await createTicket(desk.server);
    await desk.db.query(
      `WITH e AS (INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, dispatched, created_at)
         SELECT $1, 1 + n, 1 + n, 'ticket.updated', 'system', false, now() FROM generate_series(1, 3000) n)
       UPDATE tickets SET last_seq = 3001, last_public_seq = 3001 WHERE id = $1`,
      [other.id],
    );
    await ok(desk.boss.delete(`/tickets/${id}`));
    await closed(call.dailyRoomUrl);
  });
});

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { startAppOn, type TestApp } from '../support/app.js';
import { ok } from '../support/client.js';
import { openNotifyingDesk, phoneOf, untilTold, type NotifyingDesk } from '../support/notices.js';
import { describeWithRedis, RedisServer } from '../support/redis.js';
import { bearerOf } from './bearer.js';
import { Crowd } from './socket-person.js';

let desk: NotifyingDesk;
beforeAll(async () => {
  desk = await openNotifyingDesk();
});
afterAll(() => desk.close());

const crowd = new Crowd(() => desk.server.url);
afterEach(() => crowd.leave());

const pushesOf = async (ticketId: string, kind: string) =>
  (await untilTold(desk.db, ticketId))
    .filter((notice) => notice.kind === kind && notice.channel === 'push')
    .map(({ state, reason }) => [state, reason]);

const LOOKING = ['skipped', 'looking at the ticket'];
const SENT = ['sent', null];

test('staff who look at the ticket get no push; those who look away do', async () => {
  const ticket = await createTicket(desk.server);
  await ok(desk.admin.put(`/tickets/${ticket.id}/assign`));
  const phone = await phoneOf(desk.admin, 'users', 'phone-of-ada-1');
  const socket = await crowd.enter(bearerOf(desk.admin));
  await socket.must('ticket:viewing', { ticketId: ticket.id });
  const write = () => ok(ticket.donor.post(`/tickets/${ticket.id}/messages`, { content: 'Hello' }), 201);
  await write();
  expect(await pushesOf(ticket.id, 'donor_message')).toEqual([LOOKING]);
  await socket.must('leave_ticket', { ticketId: ticket.id });
  await write();
  expect(await pushesOf(ticket.id, 'donor_message')).toEqual([LOOKING, SENT]);
  expect(desk.fcm.to(phone)).toHaveLength(1);
});

test('a donor who has the chat open gets no push, one who has left does', async () => {
  const ticket = await createTicket(desk.server);
  const phone = await phoneOf(ticket.donor, 'donors', `phone-${ticket.donorId}`);
  const socket = await crowd.enter(bearerOf(ticket.donor));
  await socket.must('join_ticket', { ticketId: ticket.id });
  // Staff who follow the ticket are not the donor.
  const staff = await crowd.enter(bearerOf(desk.admin));
  await staff.must('join_ticket', { ticketId: ticket.id });
  const answer = () => ok(desk.admin.post(`/tickets/${ticket.id}/messages`, { content: 'Hello' }), 201);
  await answer();
  expect(await pushesOf(ticket.id, 'staff_reply')).toEqual([LOOKING]);
  await socket.must('leave_ticket', { ticketId: ticket.id });
  await answer();
  expect(await pushesOf(ticket.id, 'staff_reply')).toEqual([LOOKING, SENT]);
  expect(desk.fcm.to(phone)).toHaveLength(1);
});

describeWithRedis('two processes over Redis', () => {
  let redis: RedisServer;
  let worker: NotifyingDesk;
  let web: TestApp;
  beforeAll(async () => {
    redis = await RedisServer.start();
    worker = await openNotifyingDesk(0, { redisUrl: redis.url });
    // Processes of one desk are configured alike: each relays what the other has written. Jobs are done in the other one only.
    const { secrets, push, mail } = worker.server.config;
    const same = { redisUrl: redis.url, secrets, push, mail };
    web = await startAppOn(worker.server.database, { ...same, role: 'web' });
  });
  afterAll(async () => {
    await web.app.close();
    await worker.close();
    await redis.kill();
  });

  test('who looks at the ticket by way of the other process gets no push', async () => {
    const ticket = await createTicket(worker.server);
    await ok(worker.admin.put(`/tickets/${ticket.id}/assign`));
    const phone = await phoneOf(worker.admin, 'users', 'phone-of-ada-far');
    const socket = crowd.knock(bearerOf(worker.admin), {}, web.url);
    expect(await socket.connected()).toBeUndefined();
    await socket.must('ticket:viewing', { ticketId: ticket.id });
    const told = async (count: number) => {
      await ok(ticket.donor.post(`/tickets/${ticket.id}/messages`, { content: 'Hello' }), 201);
      const notices = await untilTold(worker.db, ticket.id);
      const found = notices.filter(({ kind, channel }) => kind === 'donor_message' && channel === 'push');
      expect(found).toHaveLength(count);
      return found.map(({ state, reason }) => [state, reason]);
    };
    // Until the processes have found each other the push goes out.
    let count = 1;
    while ((await told(count)).at(-1)?.[0] !== 'skipped') count += 1;
    expect((await told(count + 1)).at(-1)).toEqual(LOOKING);
    const before = worker.fcm.to(phone).length;
    await socket.must('leave_ticket', { ticketId: ticket.id });
    expect((await told(count + 2)).at(-1)).toEqual(SENT);
    expect(worker.fcm.to(phone)).toHaveLength(before + 1);
  });
});

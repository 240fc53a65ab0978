import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openNotifyingDesk, phoneOf, untilTold, type NotifyingDesk } from '../support/notices.js';
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

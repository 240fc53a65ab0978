import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createStaff } from '../factories/staff.factory.js';
import { ok, TEXT, UUID } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  // The example names its target.
  await createStaff(desk.server.app, { id: 456, name: 'Specialist' });
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

/** The JSON of the Ticket System API's usage examples, word for word. */
const CREATE = `{
  "donorId": "donor123",
  "donorEmail": "donor@example.com",
  "description": "I need help with my account",
  "callType": "video"
}`;
const START = (ticketId: string) => `{
  "ticketId": "${ticketId}",
  "callType": "video",
  "initiatedBy": "donor"
}`;
const MESSAGE = `{
  "senderId": "donor123",
  "senderType": "donor",
  "content": "Hello, I need assistance with my donation."
}`;
const TRANSFER = `{
  "toAdminId": 456,
  "transferNotes": "Transferring to a specialist for further assistance."
}`;

const statusOf = async (id: string) => (await rowsOf(desk.db, id))!.ticket.status;

test('the usage examples work in their order, without a donor token', async () => {
  const ticket = await ok(desk.link.post('/tickets', CREATE), 201);
  expect(ticket).toMatchObject({ ...JSON.parse(CREATE), status: 'new', call: { id: UUID, userToken: TEXT } });
  const call = await ok(desk.link.post('/calls', START(ticket.id)));
  expect(call).toMatchObject({ id: ticket.call.id, callType: 'video', initiatedBy: 'donor' });
  const message = await ok(desk.link.post(`/tickets/${ticket.id}/messages`, MESSAGE), 201);
  expect(message).toMatchObject({ ...JSON.parse(MESSAGE), messageType: 'text', isRead: false });
  const transferred = await ok(desk.admin.post(`/tickets/${ticket.id}/transfer`, TRANSFER));
  expect(transferred).toMatchObject({ status: 'transferred', adminId: 456 });
  expect(await ok(desk.admin.get(`/tickets/${ticket.id}/transfers`))).toMatchObject([
    { ...JSON.parse(TRANSFER), fromAdminId: desk.admin.id, toAdmin: { name: 'Specialist' } },
  ]);
});

test('the call flow: created with the ticket, joined, ended, pending again', async () => {
  const { id, call } = await ok(desk.link.post('/tickets', CREATE), 201);
  expect(call.status).toBe('active');
  expect(await statusOf(id)).toBe('new');
  await ok(desk.admin.post(`/calls/${call.id}/join`));
  expect(await statusOf(id)).toBe('active_call');
  expect(await ok(desk.link.post(`/calls/${call.id}/end`))).toMatchObject({ status: 'ended' });
  expect(await statusOf(id)).toBe('pending');
  expect((await rowsOf(desk.db, id))!.ticket).toMatchObject({
    active_call_id: null,
    admin_id: desk.admin.id,
  });
});

test('a second call of a ticket has a room of its own', async () => {
  const { id, call } = await ok(desk.link.post('/tickets', CREATE), 201);
  await ok(desk.link.post(`/calls/${call.id}/end`));
  const second = await ok(desk.link.post('/calls', START(id)), 201);
  expect(second.id).not.toBe(call.id);
  expect(second.dailyRoomUrl).not.toBe(call.dailyRoomUrl);
  expect(await statusOf(id)).toBe('active_call');
  expect((await rowsOf(desk.db, id))!.calls.map(({ status }) => status)).toEqual(['ended', 'active']);
});

test('a ticket passes through every status of the Ticket System API', async () => {
  const { id, call } = await ok(desk.link.post('/tickets', CREATE), 201);
  const at = `/tickets/${id}`;
  const statuses = [await statusOf(id)];
  const steps = [
    () => desk.admin.put(`${at}/assign`),
    () => desk.admin.post(`/calls/${call.id}/join`),
    () => desk.admin.post(`${at}/transfer`, TRANSFER),
    () => desk.boss.put(`${at}/resolve`),
    () => desk.boss.put(`${at}/close`),
  ];
  for (const step of steps) {
    await ok(step());
    statuses.push(await statusOf(id));
  }
  expect(statuses).toEqual(['new', 'pending', 'active_call', 'transferred', 'resolved', 'closed']);
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CONTENT, NEW_TICKET } from '../../bench/operations.js';
import { Client, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

it('takes what `npm run bench` sends: a ticket, one with a call, and a message', async () => {
  await ok(desk.link.post('/tickets', { ...NEW_TICKET, callType: 'video' }), 201);
  const { id, donorToken } = await ok(desk.link.post('/tickets', NEW_TICKET), 201);
  const donor = new Client(desk.server, { authorization: `Bearer ${donorToken}` });
  await ok(donor.post(`/tickets/${id}/messages`, { content: CONTENT }), 201);
  expect(await ok(donor.get(`/tickets/${id}/messages`))).toHaveLength(1);
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CONTENT, createOperations, NEW_TICKET } from '../../bench/operations.js';
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

it('has a baseline that runs the statements of the product, with a value for each of their places', async () => {
  const baseline = await createOperations(desk.db);
  const { id } = await ok(desk.link.post('/tickets', NEW_TICKET), 201);
  const { rows } = await desk.db.query<{ session: string }>(
    'SELECT donor_session_id AS session FROM tickets WHERE id = $1',
    [id],
  );
  expect(await baseline.createTicket()).toHaveProperty('donorToken');
  expect((await baseline.createTicketWithCall()).call).toHaveProperty('callId');
  expect(await baseline.postAsDonor(id, rows[0]!.session)).toMatchObject({ content: CONTENT });
  expect(await baseline.postAsStaff(id)).toMatchObject({ content: CONTENT });
  expect(await baseline.readTicket(id)).toMatchObject({ id });
  expect((await baseline.listTickets()).tickets).toContainEqual(expect.objectContaining({ id }));
  expect((await baseline.dashboard()).tickets.length).toBeGreaterThan(0);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const INTEGER = expect.any(Number);
const FIELDS = 'id user_id topic description status created_at updated_at user_role support_role issue_level';
const BODY = { topic: 'Receipt', description: 'Where is it?' };

/** The ten fields of the other API, as they must stand in an answer. */
function ticketObject(fields: object): Answer['body'] {
  const times = { created_at: INTEGER, updated_at: INTEGER };
  const defaults = { topic: 'Receipt', description: 'Where is it?', status: 'new' };
  return { ...defaults, ...times, support_role: 'GENERAL', issue_level: 'NORMAL', ...fields };
}

function onlyTheirs(body: Answer['body']): Answer['body'] {
  return Object.fromEntries(FIELDS.split(' ').map((name) => [name, body[name]]));
}

describe('the ticket object of the delegated-auth API', () => {
  test.each(['TEMP_USER', 'CUSTOMER', 'AGENT', 'ADMIN'])(
    'stands in create, list and one for a %s',
    async (role) => {
      const person = await delegated(desk.server, { role, email: undefined });
      const created = await ok(person.client.post('/tickets', BODY), 201);
      const expected = ticketObject({ id: created.id, user_id: person.id, user_role: role });
      expect(onlyTheirs(created)).toEqual(expected);
      expect(onlyTheirs(await ok(person.client.get(`/tickets/${created.id}`)))).toEqual(expected);
      const list = await ok(person.client.get('/tickets'));
      expect(onlyTheirs(list.find(({ id }: { id: string }) => id === created.id))).toEqual(expected);
      for (const time of [created.created_at, created.updated_at])
        expect(Math.abs(time - Date.parse(created.createdAt))).toBeLessThan(60_000);
    },
  );

  test('tells staff of that API the role of the person who opened a ticket', async () => {
    const agent = await delegated(desk.server, { role: 'AGENT' });
    const temporary = await delegated(desk.server, { role: 'TEMP_USER' });
    const { id } = await ok(temporary.client.post('/tickets', BODY), 201);
    const guest = await createTicket(desk.server);
    await ok(desk.admin.patch(`/tickets/${id}`, { priority: 'urgent', team: 'MANAGER' }));
    const levels = { support_role: 'MANAGER', issue_level: 'CRITICAL' };
    for (const reader of [agent, temporary])
      expect(await ok(reader.client.get(`/tickets/${id}`))).toMatchObject({
        user_role: 'TEMP_USER',
        ...levels,
      });
    const theirs = await ok(agent.client.get(`/tickets/${guest.id}`));
    expect(theirs).toMatchObject({ user_role: 'TEMP_USER', topic: '', description: '' });
  });

  test('tells the role too of somebody who traded the token for a session, and of what the guest took along', async () => {
    const agent = await delegated(desk.server, { role: 'AGENT' });
    const { token } = await delegated(desk.server, { role: 'TEMP_USER' });
    const guest = await createTicket(desk.server);
    const traded = await ok(desk.link.post('/auth/donor', { token, donorToken: guest.created.donorToken }));
    expect(Object.keys(traded.donor).sort()).toEqual(['donorId', 'email', 'name']);
    const headers = { authorization: `Bearer ${traded.donorToken}` };
    const { id } = await ok(desk.link.ask('POST', '/tickets', BODY, headers), 201);
    for (const ticketId of [id, guest.id])
      expect(await ok(agent.client.get(`/tickets/${ticketId}`))).toMatchObject({ user_role: 'TEMP_USER' });
  });

  test('is not shown to anybody else', async () => {
    const person = await delegated(desk.server);
    const { id } = await ok(person.client.post('/tickets', BODY), 201);
    const { donorToken } = await ok(desk.link.post('/auth/donor', { token: person.token }));
    const guest = await createTicket(desk.server);
    const shapes = [
      await ok(desk.admin.get(`/tickets/${id}`)),
      await ok(guest.donor.get(`/tickets/${guest.id}`)),
      guest.created,
      await ok(desk.link.ask('GET', `/tickets/${id}`, undefined, { authorization: `Bearer ${donorToken}` })),
    ];
    for (const shape of shapes) expect(Object.keys(shape)).not.toContain('user_role');
  });
});

describe('a ticket without an email', () => {
  test('is opened by a delegated donor whose token has none', async () => {
    const person = await delegated(desk.server, { email: undefined });
    const created = await ok(person.client.post('/tickets', BODY), 201);
    expect(created).toMatchObject({ donorId: person.id, donorEmail: null, donorName: 'Kim' });
    await ok(person.client.post(`/tickets/${created.id}/messages`, { content: 'Anybody there?' }), 201);
    const refused = await person.client.post(`/tickets/${created.id}/transcript`);
    expect(refused.status).toBe(409);
  });

  test('is opened by staff for themselves', async () => {
    const created = await ok(desk.admin.post('/tickets', BODY), 201);
    expect(created).toMatchObject({ donorId: `staff:${desk.admin.id}`, donorEmail: null, donorName: 'Ada' });
    const read = await ok(desk.boss.get(`/tickets/${created.id}`));
    expect(read).toMatchObject({ adminId: null, status: 'new', donorVerified: true });
  });

  test('is not for guests, nor for staff who name only half of a donor', async () => {
    const guest = await createTicket(desk.server);
    expectRefusal(
      await desk.link.post('/tickets', { ...BODY, donorId: 'x' }),
      400,
      'BAD_REQUEST',
      '/tickets',
    );
    expectRefusal(
      await desk.admin.post('/tickets', { ...BODY, donorId: 'x' }),
      400,
      'BAD_REQUEST',
      '/tickets',
    );
    const email = { ...BODY, donorEmail: 'x@example.org' };
    expectRefusal(await desk.admin.post('/tickets', email), 400, 'BAD_REQUEST', '/tickets');
    await ok(guest.donor.post('/tickets', BODY), 201);
  });

  test('opens to no mailbox', async () => {
    const person = await delegated(desk.server, { email: undefined });
    const { id } = await ok(person.client.post('/tickets', BODY), 201);
    const stranger = await delegated(desk.server, { email: undefined });
    expectRefusal(await stranger.client.get(`/tickets/${id}`), 404, 'NOT_FOUND');
  });
});

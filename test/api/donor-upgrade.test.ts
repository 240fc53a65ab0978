import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok, TIME } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const as = (token: string) => new Client(desk.server, { authorization: `Bearer ${token}` });
const tokenOf = ({ created }: { created: { donorToken: string } }) => created.donorToken;

describe('POST /auth/donor', () => {
  test('trades a backend’s token for a session that outlives it', async () => {
    const kim = await delegated(desk.server);
    const answer = await ok(desk.link.post('/auth/donor', { token: kim.token }));
    expect(answer).toEqual({
      donorToken: expect.stringMatching(/^cdt_/),
      expiresAt: TIME,
      donor: { donorId: kim.id, email: `${kim.id}@shop.test`, name: 'Kim' },
    });
    const days = (Date.parse(answer.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    const { id } = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    expect(await ok(as(answer.donorToken).get('/tickets'))).toMatchObject([{ id }]);
    const { rows } = await desk.db.query(
      `SELECT a.subject, a.data, s.owner_key FROM audit_log a JOIN donor_sessions s ON s.id::text = a.actor_id
        WHERE a.action = 'donor.verified' AND a.subject = $1`,
      [`jwt::${kim.id}`],
    );
    expect(rows).toEqual([
      { subject: `jwt::${kim.id}`, data: { way: 'delegated token' }, owner_key: `jwt::${kim.id}` },
    ]);
  });

  test('takes it as Bearer too', async () => {
    const kim = await delegated(desk.server);
    expect(await ok(kim.client.post('/auth/donor', {}))).toMatchObject({ donor: { donorId: kim.id } });
  });

  test('takes nothing else', async () => {
    const guest = await createTicket(desk.server);
    const at = '/auth/donor';
    expectRefusal(await desk.link.post(at, {}), 401, 'UNAUTHORIZED', at);
    expectRefusal(await desk.link.post(at, { token: 'x' }), 401, 'UNAUTHORIZED', at);
    expectRefusal(await guest.donor.post(at, {}), 401, 'UNAUTHORIZED', at);
    const { donorToken } = await ok(desk.link.post(at, { token: (await delegated(desk.server)).token }));
    expectRefusal(await desk.link.post(at, { token: donorToken }), 401, 'UNAUTHORIZED', at);
    const agent = await delegated(desk.server, { role: 'AGENT' });
    expectRefusal(await desk.link.post(at, { token: agent.token }), 403, 'FORBIDDEN', at);
    expectRefusal(await desk.link.post(at, { token: ['x'] }), 400, 'BAD_REQUEST', at);
  });

  test('a session ends by itself', async () => {
    const kim = await delegated(desk.server);
    const { donorToken } = await ok(desk.link.post('/auth/donor', { token: kim.token }));
    await desk.db.query(`UPDATE donor_sessions SET expires_at = now() - interval '1 second'`);
    expectRefusal(await as(donorToken).get('/tickets'), 401, 'UNAUTHORIZED', '/tickets');
  });
});

describe('a guest who proves an identity', () => {
  test('brings the tickets of that session along, and no others', async () => {
    const kim = await delegated(desk.server);
    const guest = await createTicket(desk.server, { donorId: 'guest-1' });
    const second = await ok(guest.donor.post('/tickets', { subject: 'Second' }), 201);
    const namesake = await createTicket(desk.server, { donorId: kim.id, donorEmail: `${kim.id}@shop.test` });
    const { donorToken } = await ok(
      desk.link.post('/auth/donor', { token: kim.token, donorToken: tokenOf(guest) }),
    );
    const list = await ok(as(donorToken).get('/tickets?sort=createdAt'));
    expect(list.map(({ id }: { id: string }) => id)).toEqual([guest.id, second.id]);
    expect(await ok(kim.client.get(`/tickets/${guest.id}`))).toMatchObject({ id: guest.id });
    await ok(kim.client.post(`/tickets/${guest.id}/messages`, { content: 'Me again' }), 201);
    expectRefusal(await kim.client.get(`/tickets/${namesake.id}`), 404, 'NOT_FOUND');
    // Staff read of it in the log; the donor's stream has nothing to tell.
    const staff = await ok(desk.admin.get(`/tickets/${guest.id}/events`));
    expect(staff.events[1]).toMatchObject({
      ...{
        seq: 2,
        type: 'ticket.updated',
        changes: { donorVerified: false, donorUnproven: ['donorId', 'donorEmail'] },
      },
      actor: { type: 'donor', id: 'guest-1' },
    });
    const own = await ok(kim.client.get(`/tickets/${guest.id}/events`));
    expect(own.events.map(({ type, seq }: { type: string; seq: number }) => [seq, type])).toEqual([
      [1, 'ticket.created'],
      [2, 'message.posted'],
    ]);
    // The guest keeps the own tickets, and sees none of the identity's others.
    const other = await ok(kim.client.post('/tickets', { topic: 'At home' }), 201);
    await ok(guest.donor.get(`/tickets/${guest.id}`));
    expectRefusal(await guest.donor.get(`/tickets/${other.id}`), 404, 'NOT_FOUND');
  });

  test('does it once: what belongs to somebody is not given away again', async () => {
    const [kim, lee] = [await delegated(desk.server), await delegated(desk.server)];
    const guest = await createTicket(desk.server);
    const give = (token: string, donorToken: string) =>
      ok(desk.link.post('/auth/donor', { token, donorToken }));
    const session = await give(kim.token, tokenOf(guest));
    await give(lee.token, tokenOf(guest));
    await give(kim.token, tokenOf(guest));
    // A verified session is no guest's: its tickets stay.
    await ok(as(session.donorToken).post('/tickets', { subject: 'Kim’s' }), 201);
    await give(lee.token, session.donorToken);
    expect(await ok(lee.client.get('/tickets'))).toEqual([]);
    expect(await ok(kim.client.get('/tickets'))).toHaveLength(2);
    expect((await ok(desk.admin.get(`/tickets/${guest.id}/events`))).events).toHaveLength(2);
    await give(lee.token, 'cdt_nonsense');
    expect(await ok(lee.client.get('/tickets'))).toEqual([]);
  });
});

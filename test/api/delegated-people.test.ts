import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delegated, unixNow } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

describe('a verified donor', () => {
  test('needs no donorId and no email address in the body; topic is the subject', async () => {
    const kim = await delegated(desk.server);
    const ticket = await ok(
      kim.client.post('/tickets', { topic: 'Receipt', description: 'Where is it?' }),
      201,
    );
    expect(ticket).toMatchObject({ donorId: kim.id, donorEmail: `${kim.id}@shop.test`, subject: 'Receipt' });
    expect(ticket).not.toHaveProperty('donorToken');
    const [event] = (await ok(kim.client.get(`/tickets/${ticket.id}/events`))).events;
    expect(event).toMatchObject({ type: 'ticket.created', actor: { type: 'donor', id: kim.id } });
    expect(await ok(desk.admin.get(`/tickets/${ticket.id}`))).toMatchObject({
      donorVerified: true,
      donorName: 'Kim',
    });
    const both = await kim.client.post('/tickets', { topic: 'a', subject: 'b' });
    expectRefusal(both, 400, 'BAD_REQUEST', '/tickets');
    const other = await kim.client.post('/tickets', { topic: 'a', donorId: 'lee' });
    expectRefusal(other, 403, 'FORBIDDEN', '/tickets');
  });

  test('has the same tickets under any token of the identity, and nobody else has', async () => {
    const kim = await delegated(desk.server);
    const { id } = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    const phone = await delegated(desk.server, { id: kim.id, role: 'TEMP_USER' });
    expect(await ok(phone.client.get(`/tickets/${id}`))).toMatchObject({ id });
    expect(await ok(phone.client.get('/tickets'))).toHaveLength(1);
    await ok(phone.client.post(`/tickets/${id}/messages`, { content: 'From the phone' }), 201);
    expect(await ok(kim.client.get(`/tickets/${id}/messages`))).toHaveLength(1);

    const guest = await createTicket(desk.server, { donorId: kim.id, donorEmail: `${kim.id}@shop.test` });
    const namesake = await delegated(desk.server, { id: kim.id, iss: 'https://other.test' });
    for (const { client } of [{ client: guest.donor }, namesake]) {
      expectRefusal(await client.get(`/tickets/${id}`), 404, 'NOT_FOUND');
      expectRefusal(await client.get(`/tickets/${id}/messages`), 404, 'NOT_FOUND');
      expectRefusal(await client.get(`/tickets/${id}/events`), 404, 'NOT_FOUND');
      expectRefusal(await client.post(`/tickets/${id}/messages`, { content: 'x' }), 404, 'NOT_FOUND');
      expectRefusal(await client.put(`/tickets/${id}/donor/${kim.id}/resolve`), 404, 'NOT_FOUND');
    }
    // Nor does the guest's ticket come to the person whom the guest claims to be.
    expectRefusal(await kim.client.get(`/tickets/${guest.id}`), 404, 'NOT_FOUND');
    expect(await ok(kim.client.get('/tickets'))).toHaveLength(1);
    expect(await ok(kim.client.get(`/tickets/donor/${kim.id}`))).toHaveLength(1);
  });

  test('is no staff', async () => {
    const { client } = await delegated(desk.server);
    expectRefusal(await client.get('/users'), 403, 'FORBIDDEN', '/users');
  });
});

describe('delegated staff', () => {
  const auditOf = async (id: number) =>
    (await desk.db.query(`SELECT action, data FROM audit_log WHERE subject = $1 ORDER BY id`, [String(id)]))
      .rows;

  test('gets an account when first seen, without a password, and works', async () => {
    const agent = await delegated(desk.server, { role: 'AGENT', username: 'Maria' });
    const [me, again] = await Promise.all([
      ok(agent.client.get('/auth/me')),
      ok(agent.client.get('/auth/me')),
    ]);
    expect(me).toMatchObject({
      username: 'maria',
      name: 'Maria',
      role: 'ADMIN',
      email: `${agent.id}@shop.test`,
    });
    expect(again.id).toBe(me.id);
    const { rows } = await desk.db.query('SELECT external_id, password_hash FROM users WHERE id = $1', [
      me.id,
    ]);
    expect(rows).toEqual([{ external_id: `jwt::${agent.id}`, password_hash: null }]);
    expect(await auditOf(me.id)).toEqual([
      { action: 'user.provisioned', data: { role: 'ADMIN', externalId: `jwt::${agent.id}` } },
    ]);
    const ticket = await createTicket(desk.server);
    expect(await ok(agent.client.put(`/tickets/${ticket.id}/assign`))).toMatchObject({ adminId: me.id });
    const login = await desk.link.post('/auth/login', { username: 'maria', password: '' });
    expect(login.status).toBe(400);
    expectRefusal(
      await desk.link.post('/auth/login', { username: 'maria', password: 'x' }),
      401,
      'UNAUTHORIZED',
    );
  });

  test('takes over no account that exists, by username or by mail', async () => {
    const impostor = await delegated(desk.server, {
      ...{ role: 'AGENT', username: desk.boss.username, email: 'CLEO@staff.test' },
    });
    const me = await ok(impostor.client.get('/auth/me'));
    expect(me.id).not.toBe(desk.boss.id);
    expect(me).toMatchObject({
      role: 'ADMIN',
      email: null,
      username: expect.stringMatching(/^.+-[0-9a-f]{8}$/),
    });
    expect(await ok(desk.boss.get('/auth/me'))).toMatchObject({
      role: 'SUPER_ADMIN',
      email: 'cleo@staff.test',
    });
  });

  test('has the role of its newest token', async () => {
    const earlier = unixNow() - 100;
    const agent = await delegated(desk.server, { role: 'AGENT', iat: earlier });
    const { id } = await ok(agent.client.get('/auth/me'));
    const promoted = await delegated(desk.server, { id: agent.id, role: 'ADMIN', iat: earlier + 10 });
    expect(await ok(promoted.client.get('/auth/me'))).toMatchObject({ id, role: 'SUPER_ADMIN' });
    // The older token brings nothing back.
    expect(await ok(agent.client.get('/auth/me'))).toMatchObject({ id, role: 'SUPER_ADMIN' });
    const demoted = await delegated(desk.server, { id: agent.id, role: 'AGENT', iat: earlier + 20 });
    expect(await ok(demoted.client.get('/auth/me'))).toMatchObject({ id, role: 'ADMIN' });
    expect(await ok(promoted.client.get('/auth/me'))).toMatchObject({ id, role: 'ADMIN' });
    expect((await auditOf(id)).map(({ action, data }) => [action, data.to])).toEqual([
      ['user.provisioned', undefined],
      ['user.role_changed', 'SUPER_ADMIN'],
      ['user.role_changed', 'ADMIN'],
    ]);
  });

  test('keeps the role of two tokens of one second that came first', async () => {
    const iat = unixNow() - 100;
    const agent = await delegated(desk.server, { role: 'AGENT', iat });
    const { id } = await ok(agent.client.get('/auth/me'));
    const twin = await delegated(desk.server, { id: agent.id, role: 'ADMIN', iat });
    expect(await ok(twin.client.get('/auth/me'))).toMatchObject({ id, role: 'ADMIN' });
    const undated = await delegated(desk.server, { id: agent.id, role: 'ADMIN', iat: undefined });
    expect(await ok(undated.client.get('/auth/me'))).toMatchObject({ id, role: 'ADMIN' });
  });

  test('has a username under the rule of all, whatever its name is, and an address in small letters', async () => {
    const agent = await delegated(desk.server, {
      ...{ role: 'AGENT', username: 'Zoë 鈴木', email: 'Zoe@Staff.test' },
    });
    expect(await ok(agent.client.get('/auth/me'))).toMatchObject({
      ...{ username: 'zoe', name: 'Zoë 鈴木', email: 'zoe@staff.test' },
    });
    const other = await delegated(desk.server, { role: 'AGENT', username: '鈴木' });
    expect((await ok(other.client.get('/auth/me'))).username).toMatch(/^[0-9a-f]{8}$/);
  });

  test('stays out once deactivated here', async () => {
    const agent = await delegated(desk.server, { role: 'AGENT' });
    const { id } = await ok(agent.client.get('/auth/me'));
    await desk.db.query('UPDATE users SET is_active = false WHERE id = $1', [id]);
    const fresh = await delegated(desk.server, { id: agent.id, role: 'ADMIN' });
    const answer = await fresh.client.get('/users');
    expectRefusal(answer, 401, 'UNAUTHORIZED', '/users');
    expect(answer.body.message).toMatch(/deactivated/);
    const { rows } = await desk.db.query('SELECT role, is_active FROM users WHERE id = $1', [id]);
    expect(rows).toEqual([{ role: 'ADMIN', is_active: false }]);
  });
});

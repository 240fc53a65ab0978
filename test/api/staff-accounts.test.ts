import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk, type Person } from '../support/desk.js';
import { auditOf, provisionStaff } from '../support/staff-people.js';
import { login } from './auth-client.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

let count = 0;
const username = () => `colleague-${++count}`;

describe('POST /users', () => {
  test('makes an account whose password is shown once and works', async () => {
    const name = username();
    const body = { username: name.toUpperCase(), name: 'Maria', email: 'Maria@Example.org', team: 'MANAGER' };
    const made = await ok(desk.boss.post('/users', body), 201);
    expect(made).toMatchObject({
      ...{ username: name, name: 'Maria', email: 'maria@example.org', team: 'MANAGER', role: 'ADMIN' },
      ...{ capacity: 20, openTickets: 0, skills: [], totpEnabled: false, isActive: true, avatar: null },
      // Until they choose otherwise, new people are told of new tickets.
      ...{ availability: 'offline', chosenAvailability: 'online' },
      oneTimePassword: expect.stringMatching(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/),
    });
    expect((await login(desk.server, name, made.oneTimePassword)).status).toBe(200);
    const seen = await ok(desk.boss.get(`/users/${made.id}`));
    expect(seen).not.toHaveProperty('oneTimePassword');
    expect(await auditOf(desk, made.id)).toEqual([
      {
        action: 'user.created',
        actor_id: String(desk.boss.id),
        data: { username: name, role: 'ADMIN', team: 'MANAGER' },
      },
    ]);
  });

  test('takes a password that is given, and does not repeat it', async () => {
    const name = username();
    const body = { username: name, name: 'Given', role: 'SUPER_ADMIN', password: 'a password of ours' };
    expect(await ok(desk.boss.post('/users', body), 201)).toMatchObject({ oneTimePassword: null });
    expect((await login(desk.server, name, body.password)).body.user.role).toBe('SUPER_ADMIN');
  });

  test('refuses a taken username or email address and names it', async () => {
    const [first, second] = [username(), username()];
    const email = `${first}@example.org`;
    await ok(desk.boss.post('/users', { username: first, name: 'One', email }), 201);
    const twice = await desk.boss.post('/users', { username: first.toUpperCase(), name: 'Two' });
    expectRefusal(twice, 409, 'CONFLICT');
    expect(twice.body.errors).toMatchObject([{ location: 'username' }]);
    const mail = await desk.boss.post('/users', {
      username: second,
      name: 'Two',
      email: email.toUpperCase(),
    });
    expect(mail.body.errors).toMatchObject([{ location: 'email' }]);
  });

  test('the same Idempotency-Key makes one account and shows the same password', async () => {
    const key = { 'idempotency-key': 'people-once-0001' };
    const body = { username: username(), name: 'Once' };
    const first = await ok(desk.boss.post('/users', body, key), 201);
    expect(await ok(desk.boss.post('/users', body, key), 201)).toEqual(first);
  });

  test.each([
    ['username', { username: 'a b', name: 'X' }],
    ['username', { username: '<b>', name: 'X' }],
    ['name', { username: 'fine', name: ' \t ' }],
    ['name', { username: 'fine', name: 'two\nlines' }],
    ['email', { username: 'fine', name: 'X', email: 'not mail' }],
    ['role', { username: 'fine', name: 'X', role: 'OWNER' }],
    ['team', { username: 'fine', name: 'X', team: null }],
    ['capacity', { username: 'fine', name: 'X', capacity: -1 }],
    ['capacity', { username: 'fine', name: 'X', capacity: '7' }],
    ['password', { username: 'fine', name: 'X', password: 'short' }],
    ['tokenVersion', { username: 'fine', name: 'X', tokenVersion: 9 }],
    ['passwordHash', { username: 'fine', name: 'X', passwordHash: 'x' }],
  ])('refuses a bad %s: %j', async (field, body) => {
    const answer = await desk.boss.post('/users', body);
    expectRefusal(answer, 400, 'BAD_REQUEST');
    expect(answer.body.errors.map(({ location }: { location: string }) => location)).toContain(field);
    const { rowCount } = await desk.db.query(`SELECT 1 FROM users WHERE username = 'fine'`);
    expect(rowCount).toBe(0);
  });
});

describe('what a super admin sees', () => {
  test('is more than what an ADMIN sees', async () => {
    const other = await provisionStaff(desk);
    await desk.db.query(`UPDATE users SET email = $1 WHERE id = $2`, [`${other.username}@x.test`, other.id]);
    const ticket = await createTicket(desk.server);
    await ok(other.put(`/tickets/${ticket.id}/assign`));
    const done = await createTicket(desk.server);
    await ok(other.put(`/tickets/${done.id}/assign`));
    await ok(other.put(`/tickets/${done.id}/resolve`));
    expect(await ok(desk.boss.get(`/users/${other.id}`))).toMatchObject({ openTickets: 1, capacity: 20 });
    const listed = await ok(desk.boss.get('/users'));
    expect(listed.find(({ id }: Person) => id === other.id)).toMatchObject({ openTickets: 1 });
    for (const seen of [
      await ok(desk.admin.get(`/users/${other.id}`)),
      (await ok(desk.admin.get('/users'))).find(({ id }: Person) => id === other.id),
    ])
      expect(Object.keys(seen).sort()).toEqual(
        ['availability', 'avatar', 'id', 'isActive', 'name', 'role', 'team', 'username'].sort(),
      );
  });

  test.each(['0', '-1', '1.5', 'abc', '2147483648', '1%27'])('GET /users/%s is a 400', async (id) => {
    expectRefusal(await desk.boss.get(`/users/${id}`), 400, 'BAD_REQUEST');
  });

  test('nobody is a 404 on every route', async () => {
    const gone = '/users/2147483647';
    for (const answer of [
      await desk.boss.get(gone),
      await desk.boss.patch(gone, { capacity: 1 }),
      await desk.boss.put(`${gone}/skills`, { skills: [] }),
      await desk.boss.put(`${gone}/password`, {}),
      await desk.boss.delete(`${gone}/totp`),
      await desk.boss.delete(gone),
    ])
      expectRefusal(answer, 404, 'NOT_FOUND');
  });
});

describe('PUT /users/:id/skills', () => {
  test('replaces them all', async () => {
    const other = await provisionStaff(desk);
    const path = `/users/${other.id}/skills`;
    const put = (skills: unknown) => desk.boss.put(path, { skills });
    await ok(
      put([
        { skill: 'Tax', proficiency: 2 },
        { skill: ' Refunds ', proficiency: 5 },
      ]),
    );
    const after = await ok(
      put([
        { skill: 'tax', proficiency: 1 },
        { skill: 'Tax', proficiency: 4 },
      ]),
    );
    expect(after.skills).toEqual([{ skill: 'Tax', proficiency: 4 }]);
    expect((await auditOf(desk, other.id)).map(({ data }) => data)).toEqual([
      { skills: { Tax: 2, Refunds: 5 } },
      { skills: { Tax: 4 } },
    ]);
    for (const bad of [
      [{ skill: 'Tax', proficiency: 0 }],
      [{ skill: 'Tax', proficiency: 6 }],
      [{ skill: 'Tax', proficiency: 1.5 }],
      [{ skill: ' ', proficiency: 1 }],
      [{ skill: 'Tax', proficiency: 1, userId: 1 }],
      ['Tax'],
      'Tax',
      Array.from({ length: 51 }, (_, n) => ({ skill: `s${n}`, proficiency: 1 })),
    ])
      expectRefusal(await put(bad), 400, 'BAD_REQUEST');
    expect((await ok(desk.boss.get(`/users/${other.id}`))).skills).toHaveLength(1);
    expect((await ok(put([]))).skills).toEqual([]);
  });
});

describe('PUT /users/me/profile', () => {
  test('changes the caller’s own and nobody else’s', async () => {
    const me = await provisionStaff(desk);
    const mine = { name: 'Me Myself', email: `Me-${me.id}@Example.org`, username: `ME-${me.id}` };
    const seen = await ok(me.put('/users/me/profile', mine));
    expect(seen).toMatchObject({
      name: 'Me Myself',
      email: `me-${me.id}@example.org`,
      username: `me-${me.id}`,
    });
    // At once, also for what they do next: the event log shows the new name.
    const ticket = await createTicket(desk.server);
    await ok(me.post(`/tickets/${ticket.id}/messages`, { content: 'Hello' }), 201);
    const { events } = await ok(me.get(`/tickets/${ticket.id}/events`));
    expect(JSON.stringify(events)).toContain('Me Myself');
    expect(await ok(me.put('/users/me/profile', { email: null }))).toMatchObject({ email: null });
    expect((await login(desk.server, `me-${me.id}`, me.password)).status).toBe(200);
    expectRefusal(await me.put('/users/me/profile', { username: desk.boss.username }), 409, 'CONFLICT');
    for (const bad of [
      { role: 'SUPER_ADMIN' },
      { isActive: true },
      { name: '' },
      { name: null },
      { email: 'x' },
      { username: null },
      { avatar: 'https://example.org/x.png' },
      { locale: 'xx' },
      { locale: 'DE' },
      { locale: '' },
    ])
      expectRefusal(await me.put('/users/me/profile', bad), 400, 'BAD_REQUEST');
    expect((await auditOf(desk, me.id)).map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['user.updated', String(me.id)],
      ['user.updated', String(me.id)],
    ]);
  });

  test('keeps the language of the dashboard, until it is that of the browser again', async () => {
    const me = await provisionStaff(desk);
    expect(await ok(me.get('/users/me'))).toMatchObject({ locale: null });
    expect(await ok(me.put('/users/me/profile', { locale: 'ar' }))).toMatchObject({ locale: 'ar' });
    await ok(me.put('/users/me/profile', { name: 'Another Name' }));
    expect(await ok(me.get('/users/me'))).toMatchObject({ locale: 'ar' });
    expect(await ok(me.put('/users/me/profile', { locale: null }))).toMatchObject({ locale: null });
  });
});

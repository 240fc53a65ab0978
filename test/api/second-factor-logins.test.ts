import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Database } from '../../src/platform/database/database.service.js';
import { signIn as openLogin } from '../factories/staff.factory.js';
import { bearerOf } from '../realtime/bearer.js';
import { Crowd } from '../realtime/socket-person.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { send } from './auth-client.js';
import { codeOf, enrol, hireAt, signInAt, type ProvisionedStaff } from './second-factor-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  crowd.leave();
  await desk.close();
});

describe('the other logins of a person', () => {
  /** A login of the same person in another browser, with a live connection. */
  async function elsewhere(person: ProvisionedStaff) {
    const user = await desk.server.app.get(Database).user.findUniqueOrThrow({ where: { id: person.id } });
    const { token, refreshToken, headers } = await openLogin(desk.server.app, user);
    const socket = await crowd.enter(token);
    await socket.settle();
    return { headers, refreshToken, socket };
  }

  async function expectEnded({ headers, refreshToken, socket }: Awaited<ReturnType<typeof elsewhere>>) {
    await socket.gone();
    expect((await send(desk.server, 'GET', '/users/me', { headers })).status).toBe(401);
    expect((await send(desk.server, 'POST', '/auth/refresh', { cookie: refreshToken })).status).toBe(401);
  }

  test('end when one enrols, on all channels; the one that enrols goes on', async () => {
    const person = await hireAt(desk);
    const other = await elsewhere(person);
    const own = await crowd.enter(bearerOf(person));
    await enrol(person);
    await expectEnded(other);
    await ok(person.get('/tickets'));
    await own.must('admin_join_ticket_monitor');
    const { rows } = await desk.db.query(
      `SELECT second_factor, ended_at IS NOT NULL AS ended FROM staff_logins WHERE user_id = $1 ORDER BY created_at`,
      [person.id],
    );
    expect(rows).toEqual([
      { second_factor: true, ended: false },
      { second_factor: false, ended: true },
    ]);
  });

  test('end when one turns it off, on all channels', async () => {
    const person = await enrol(await hireAt(desk));
    const { body, cookie } = await signInAt(desk, person, codeOf(person.secret));
    const headers = { authorization: `Bearer ${body.accessToken}` };
    const socket = await crowd.enter(body.accessToken);
    await socket.settle();
    const off = { password: person.password, code: codeOf(person.secret, 1) };
    await ok(person.ask('DELETE', '/users/me/totp', off), 204);
    await expectEnded({ headers, refreshToken: cookie!.value!, socket });
    await ok(person.get('/tickets'));
  });

  test('a password that was checked before does not open one afterwards', async () => {
    const person = await hireAt(desk);
    const checked = await desk.server.app.get(Database).user.findUniqueOrThrow({ where: { id: person.id } });
    await enrol(person);
    await expect(openLogin(desk.server.app, checked)).rejects.toMatchObject({ status: 401 });
  });
});

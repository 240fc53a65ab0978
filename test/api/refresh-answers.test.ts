import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Database } from '../../src/platform/database/database.service.js';
import { createStaff, type SignedInStaff } from '../factories/staff.factory.js';
import { startApp, type TestApp } from '../support/app.js';
import { send } from './auth-client.js';

let server: TestApp;
let database: Database;

beforeAll(async () => {
  server = await startApp();
  database = server.app.get(Database);
});
afterAll(() => server.close());

const refresh = (cookie: string) => send(server, 'POST', '/auth/refresh', { cookie });
const me = async (token: string) =>
  (await send(server, 'GET', '/auth/me', { headers: { authorization: `Bearer ${token}` } })).status;

/** Moves the first use of every used token of somebody into the past. */
const age = (staff: SignedInStaff, seconds: number) =>
  database.$executeRaw`
    UPDATE refresh_tokens SET used_at = used_at - make_interval(secs => ${seconds})
    WHERE login_id IN (SELECT id FROM staff_logins WHERE user_id = ${staff.user.id})`;

describe('a refresh', () => {
  test('repeats an answer that was lost, once, while its successor is unused', async () => {
    const staff = await createStaff(server.app);
    const lost = await refresh(staff.refreshToken);
    await age(staff, 3_000);
    const again = await refresh(staff.refreshToken);
    expect(again).toMatchObject({ status: 200, cookie: { value: lost.cookie!.value } });
    expect(await me(again.body.accessToken)).toBe(200);
    expect((await refresh(staff.refreshToken)).status).toBe(401);
    expect(await me(again.body.accessToken)).toBe(401);
  });

  test('repeats none for a thief who keeps in step with the owner', async () => {
    const staff = await createStaff(server.app);
    const thief = await refresh(staff.refreshToken);
    await age(staff, 900);
    const owner = await refresh(staff.refreshToken);
    expect((await refresh(thief.cookie!.value!)).status).toBe(200);
    await age(staff, 900);
    expect((await refresh(owner.cookie!.value!)).status).toBe(401);
    expect(await me(thief.body.accessToken)).toBe(401);
  });

  test('repeats one again an hour later', async () => {
    const staff = await createStaff(server.app);
    let cookie: string = staff.refreshToken;
    for (let hour = 0; hour < 2; hour++) {
      await refresh(cookie);
      await age(staff, 900);
      const repeated = await refresh(cookie);
      expect(repeated.status).toBe(200);
      cookie = repeated.cookie!.value!;
      await database.$executeRaw`
        UPDATE staff_logins SET repeated_at = repeated_at - interval '61 minutes' WHERE user_id = ${staff.user.id}`;
    }
  });
});

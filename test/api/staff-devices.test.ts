import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PushDevices } from '../../src/domain/preferences/push-devices.js';
import { createStaff, signIn, type SignedInStaff } from '../factories/staff.factory.js';
import { delegated } from '../factories/delegated-token.factory.js';
import { Client, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { phoneOf } from '../support/notices.js';
import { send } from './auth-client.js';

let desk: Desk;
beforeAll(async () => {
  // Nothing is sent here.
  const push = { projectId: 'p', clientEmail: 'c', privateKey: 'k', apiUrl: undefined, preview: true };
  desk = await openDesk({ push });
});
afterAll(() => desk.close());

const as = ({ headers }: Pick<SignedInStaff, 'headers'>) => new Client(desk.server, headers);
const tokensOf = async (userId: number) => {
  const devices = await desk.server.app.get(PushDevices, { strict: false }).ofStaff(userId);
  return devices.map((device) => ('token' in device ? device.token : device.endpoint)).sort();
};
const kept = async (token: string) =>
  (await desk.db.query('SELECT 1 FROM devices WHERE token = $1', [token])).rows.length;

/** Somebody who is signed in on a phone and a tablet, both of which get pushes. */
async function withTwoDevices(name: string) {
  const phone = await createStaff(desk.server.app, { name });
  const tablet = await signIn(desk.server.app, phone.user);
  await phoneOf(as(phone), 'users', `phone-of-${name}`);
  await phoneOf(as(tablet), 'users', `tablet-of-${name}`);
  return { id: phone.user.id, phone, tablet };
}

describe('a device of staff', () => {
  test('is forgotten when they sign out on it, and the others ring on', async () => {
    const { id, phone } = await withTwoDevices('nora');
    const out = await send(desk.server, 'POST', '/auth/logout', { cookie: phone.refreshToken });
    expect(out.status).toBe(204);
    expect(await tokensOf(id)).toEqual(['tablet-of-nora']);
    expect(await kept('phone-of-nora')).toBe(0);
  });

  test('is forgotten when its sign-in is ended from another device', async () => {
    const { id, tablet } = await withTwoDevices('nils');
    await ok(as(tablet).delete('/auth/sessions'), 204);
    expect(await tokensOf(id)).toEqual(['tablet-of-nils']);
    expect(await kept('phone-of-nils')).toBe(0);
  });

  test('is forgotten when they sign out everywhere, no matter who vouched for them', async () => {
    const { id, phone } = await withTwoDevices('noor');
    await ok(as(phone).post('/auth/logout-all'), 204);
    expect(await tokensOf(id)).toEqual([]);
    const agent = await delegated(desk.server, { role: 'AGENT' });
    await phoneOf(agent.client, 'users', 'phone-of-agent');
    await ok(agent.client.post('/auth/logout-all'), 204);
    expect([await kept('phone-of-noor'), await kept('phone-of-agent')]).toEqual([0, 0]);
  });

  test('rings again for the next person who signs in on it', async () => {
    const { phone } = await withTwoDevices('first');
    const next = await createStaff(desk.server.app);
    await phoneOf(as(next), 'users', 'phone-of-first');
    await send(desk.server, 'POST', '/auth/logout', { cookie: phone.refreshToken });
    expect(await tokensOf(next.user.id)).toEqual(['phone-of-first']);
  });

  test('that is registered while its sign-in ends does not ring', async () => {
    const { id, phone } = await withTwoDevices('late');
    const { rows } = await desk.db.query(`SELECT login_id FROM devices WHERE token = 'phone-of-late'`);
    await send(desk.server, 'POST', '/auth/logout', { cookie: phone.refreshToken });
    await desk.db.query(
      `INSERT INTO devices (id, token, platform, user_id, login_id) VALUES (gen_random_uuid(), 'phone-of-late', 'ios', $1, $2)`,
      [id, rows[0].login_id],
    );
    expect(await tokensOf(id)).toEqual(['tablet-of-late']);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Secret } from 'otpauth';
import { EventBus } from '../../src/platform/events/event-bus.js';
import { Crowd } from '../realtime/socket-person.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk, type Person } from '../support/desk.js';
import { send } from './auth-client.js';
import { codeOf, enrol, hireAt, signInAt, type Credentials } from './second-factor-person.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const provisionStaff = (at = desk, role = 'ADMIN') => hireAt(at, role);
const signIn = (person: Credentials, totp?: string, at = desk) => signInAt(at, person, totp);

async function actionsAbout(person: Person): Promise<string[]> {
  const { rows } = await desk.db.query<{ action: string }>(
    `SELECT action FROM audit_log WHERE subject = $1 AND action NOT LIKE 'access.%' ORDER BY id`,
    [String(person.id)],
  );
  return rows.map(({ action }) => action);
}

describe('enrolling', () => {
  test('names the desk as its settings do, so that the app tells one desk from another', async () => {
    const rename = async (name: string | null) => {
      const { version } = await ok(desk.boss.get('/desk/settings'));
      await ok(desk.boss.patch('/desk/settings', { version, name }));
    };
    await rename('Clear spring');
    const person = await provisionStaff();
    const { uri } = await ok(person.post('/users/me/totp', { password: person.password }));
    expect(uri).toMatch(/^otpauth:\/\/totp\/Clear%20spring:.+issuer=Clear%20spring/);
    await rename(null);
  });

  test('takes the password, then a code; the secret is sealed, the recovery codes are hashed', async () => {
    const person = await provisionStaff();
    expectRefusal(await person.post('/users/me/totp', { password: 'not it' }), 400, 'BAD_REQUEST');
    expectRefusal(await person.post('/users/me/totp/confirm', { code: '123456' }), 409, 'CONFLICT');
    const { secret, uri } = await ok(person.post('/users/me/totp', { password: person.password }));
    expect(uri).toMatch(/^otpauth:\/\/totp\/Concierge:.+issuer=Concierge/);
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
    expectRefusal(await person.post('/users/me/totp/confirm', { code: '000000' }), 400, 'BAD_REQUEST');
    // Nothing counts before it is confirmed.
    expect((await signIn(person)).status).toBe(200);
    const { recoveryCodes } = await ok(person.post('/users/me/totp/confirm', { code: codeOf(secret) }));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await ok(person.get('/users/me'))).toMatchObject({ totpEnabled: true, mustEnrolTotp: false });
    const { rows } = await desk.db.query(`SELECT to_jsonb(u)::text AS row FROM users u WHERE id = $1`, [
      person.id,
    ]);
    expect(rows[0].row).not.toContain(secret);
    const stored = await desk.db.query(
      `SELECT octet_length(code_hash) AS n FROM recovery_codes WHERE user_id = $1`,
      [person.id],
    );
    expect(stored.rows).toEqual(Array.from({ length: 10 }, () => ({ n: 32 })));
    expectRefusal(await person.post('/users/me/totp', { password: person.password }), 409, 'CONFLICT');
    expect(await actionsAbout(person)).toEqual(['auth.totp_enabled']);
  });
});

describe('signing in', () => {
  test('a right password asks for the code, a wrong one never tells', async () => {
    const [plain, enrolled] = [await provisionStaff(), await enrol(await provisionStaff())];
    const asked = await signIn(enrolled);
    expect(asked).toMatchObject({ status: 401, body: { error: 'TOTP_REQUIRED' }, cookie: undefined });
    const wrong = [];
    for (const totp of [undefined, codeOf(enrolled.secret), '000000'])
      for (const { username } of [plain, enrolled, { username: 'nobody-here' }]) {
        const { status, body } = await signIn({ username, password: 'wrong password' }, totp);
        wrong.push({ status, ...body, requestId: undefined, timestamp: undefined });
      }
    expect(new Set(wrong.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(wrong[0]).toMatchObject({ status: 401, error: 'UNAUTHORIZED' });
    // Who has no second factor is not asked, and a code that comes along is not looked at.
    expect((await signIn(plain, '000000')).status).toBe(200);
  });

  test('a code is good once, also when it is sent twice at the same time', async () => {
    const person = await enrol(await provisionStaff());
    const code = codeOf(person.secret);
    const answers = await Promise.all([signIn(person, code), signIn(person, code), signIn(person, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await signIn(person, code)).body.error).toBe('TOTP_REFUSED');
    // An older one is no good either, once a newer was used; the next one is.
    expect((await signIn(person, codeOf(person.secret, -1))).body.error).toBe('TOTP_REFUSED');
    expect((await signIn(person, codeOf(person.secret, 1).replace(/^.../, '$& '))).status).toBe(200);
    const { rows } = await desk.db.query(
      `SELECT data FROM audit_log WHERE action = 'auth.login' AND actor_id = $1 AND data <> '{}'`,
      [String(person.id)],
    );
    expect(rows).toEqual([{ data: { secondFactor: 'totp' } }, { data: { secondFactor: 'totp' } }]);
    expect(await actionsAbout(person)).toContain('auth.second_factor_failed');
  });

  test.each([
    ['of another secret', () => codeOf(new Secret({ size: 20 }).base32)],
    ['of two steps ago', (secret: string) => codeOf(secret, -3)],
    ['of two steps ahead', (secret: string) => codeOf(secret, 3)],
    ['with a digit too few', (secret: string) => codeOf(secret).slice(1)],
    ['that is none', () => 'abcde-abcde-abcde'],
  ])('refuses a code %s', async (_name, make) => {
    const person = await enrol(await provisionStaff());
    expect((await signIn(person, make(person.secret))).body.error).toBe('TOTP_REFUSED');
  });

  test('a recovery code works once, as people type it', async () => {
    const person = await enrol(await provisionStaff());
    const [code = '', other = ''] = person.recoveryCodes;
    expect((await signIn(person, code.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    expect((await signIn(person, code)).body.error).toBe('TOTP_REFUSED');
    expect((await signIn(person, other)).status).toBe(200);
    const stranger = await enrol(await provisionStaff());
    expect((await signIn(stranger, person.recoveryCodes[2])).body.error).toBe('TOTP_REFUSED');
  });
});

describe('turning it off', () => {
  test('needs the password and a fresh code', async () => {
    const person = await enrol(await provisionStaff());
    const off = (body: object) => person.ask('DELETE', '/users/me/totp', body);
    const code = codeOf(person.secret);
    expectRefusal(await off({ password: 'wrong', code }), 400, 'BAD_REQUEST');
    expectRefusal(await off({ password: person.password, code: '000000' }), 400, 'BAD_REQUEST');
    expectRefusal(await off({ password: person.password }), 400, 'BAD_REQUEST');
    await ok(off({ password: person.password, code }), 204);
    expect((await signIn(person)).status).toBe(200);
    expectRefusal(await off({ password: person.password, code }), 409, 'CONFLICT');
    const { rowCount } = await desk.db.query(`SELECT 1 FROM recovery_codes WHERE user_id = $1`, [person.id]);
    expect(rowCount).toBe(0);
    expect(await actionsAbout(person)).toEqual(['auth.totp_enabled', 'auth.totp_disabled']);
  });

  test('a super admin does it for a lost phone, and the logins end', async () => {
    const person = await enrol(await provisionStaff());
    expectRefusal(await desk.admin.delete(`/users/${person.id}/totp`), 403, 'FORBIDDEN');
    await ok(desk.boss.delete(`/users/${person.id}/totp`), 204);
    expectRefusal(await person.get('/users/me'), 401, 'UNAUTHORIZED');
    expect((await signIn(person)).status).toBe(200);
    expect(await actionsAbout(person)).toContain('user.totp_reset');
  });
});

describe('limits', () => {
  test('after LIMIT_LOGINS codes a minute even a right one has to wait, from any address', async () => {
    const slow = await openDesk({
      limits: { ...desk.server.config.limits, logins: 5 },
      trustedProxies: ['127.0.0.1'],
    });
    try {
      const person = await enrol(await provisionStaff(slow));
      const from = (ip: string, totp: string) =>
        send(slow.server, 'POST', '/auth/login', {
          body: { username: person.username, password: person.password, totp },
          headers: { 'x-forwarded-for': ip },
        });
      // One was spent by enrolling.
      for (let n = 0; n < 4; n++) expect((await from(`203.0.113.${n}`, '000000')).status).toBe(401);
      const late = await from('203.0.113.9', codeOf(person.secret));
      expect(late).toMatchObject({ status: 429, body: { error: 'RATELIMIT' } });
      const { rows } = await slow.db.query(`SELECT action FROM audit_log WHERE ip = '203.0.113.9'`);
      expect(rows).toEqual([{ action: 'auth.login_limited' }]);
    } finally {
      await slow.close();
    }
  });
});

describe('TOTP_REQUIRED_ROLES', () => {
  let strict: Desk;
  beforeAll(async () => {
    strict = await openDesk({ totpRequiredRoles: ['SUPER_ADMIN'] });
  });
  afterAll(() => strict.close());

  test('such a role may enrol and nothing else, on no channel, until it has', async () => {
    const boss = await provisionStaff(strict, 'SUPER_ADMIN');
    const crowd = new Crowd(() => strict.server.url);
    const { status, body } = await signIn(boss, undefined, strict);
    expect(status).toBe(200);
    expect(body.user).toMatchObject({ mustEnrolTotp: true, totpEnabled: false });
    for (const [method, path] of [
      ['GET', '/tickets'],
      ['GET', '/users'],
      ['PUT', '/users/me/profile'],
      ['GET', '/audit-log'],
      ['GET', '/tickets/categories'],
    ] as const)
      expectRefusal(
        await boss.ask(method, path, method === 'PUT' ? {} : undefined),
        403,
        'TOTP_ENROLMENT_REQUIRED',
      );
    const token = boss.headers['authorization']!.slice('Bearer '.length);
    const knock = crowd.knock(token);
    expect(await knock.connected()).toBeInstanceOf(Error);
    await enrol(boss);
    await ok(boss.get('/tickets'));
    expect(await ok(boss.get('/users/me'))).toMatchObject({ mustEnrolTotp: false, totpEnabled: true });
    await crowd.enter(token);
    crowd.leave();
    await ok(strict.admin.get('/tickets'));
  });

  test('a login that was made without one stays powerless, whatever the account has since', async () => {
    const boss = await enrol(await provisionStaff(strict, 'SUPER_ADMIN'));
    await strict.db.query(`UPDATE staff_logins SET second_factor = false WHERE user_id = $1`, [boss.id]);
    const { body } = await signIn(boss, codeOf(boss.secret), strict);
    expect(body.user).toMatchObject({ mustEnrolTotp: false });
    strict.server.app.get(EventBus).publish('identity.revoked', { userId: boss.id });
    expectRefusal(await boss.get('/tickets'), 403, 'TOTP_ENROLMENT_REQUIRED');
    expect(await ok(boss.get('/users/me'))).toMatchObject({ mustEnrolTotp: true, totpEnabled: true });
  });

  test('turning it off shuts the door at once', async () => {
    const boss = await enrol(await provisionStaff(strict, 'SUPER_ADMIN'));
    const crowd = new Crowd(() => strict.server.url);
    const socket = await crowd.enter(boss.headers['authorization']!.slice('Bearer '.length));
    const body = { password: boss.password, code: boss.recoveryCodes[0] };
    await ok(boss.ask('DELETE', '/users/me/totp', body), 204);
    expectRefusal(await boss.get('/tickets'), 403, 'TOTP_ENROLMENT_REQUIRED');
    await socket.gone();
    crowd.leave();
  });
});

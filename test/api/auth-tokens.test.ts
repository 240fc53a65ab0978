import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { Database } from '../../src/platform/database/database.service.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { firstKey } from '../factories/delegated-token.factory.js';
import { createStaff, type SignedInStaff } from '../factories/staff.factory.js';
import { startApp, type TestApp } from '../support/app.js';
import { send } from './auth-client.js';

let server: TestApp;
let staff: SignedInStaff;

beforeAll(async () => {
  server = await startApp();
  staff = await createStaff(server.app);
});
afterAll(async () => {
  await server.close();
});

/** The status of a staff route for one Authorization header, and the message. */
async function ask(authorization: string) {
  const { status, body } = await send(server, 'GET', '/users/me', { headers: { authorization } });
  return { status, error: body.error, message: body.message };
}

const jwt = new JwtService();

/** Our own token with something about it changed. */
function forged(change: Record<string, unknown>, options: Record<string, unknown> = {}): string {
  const { iat: _iat, ...claims } = jwt.decode<Record<string, unknown>>(staff.token);
  const payload = Object.fromEntries(
    Object.entries({ ...claims, ...change }).filter(([, value]) => value !== undefined),
  );
  return jwt.sign(payload, { secret: server.config.secrets.jwt, algorithm: 'HS256', ...options });
}

function unsigned(): string {
  const [, payload] = staff.token.split('.');
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  return `${header}.${payload}.`;
}

describe('a staff route', () => {
  test('opens for a token of ours', async () => {
    const { status, body } = await send(server, 'GET', '/users/me', { headers: staff.headers });
    expect(status).toBe(200);
    expect(body.username).toBe(staff.user.username);
    expect(
      (await send(server, 'GET', '/users/me', { headers: { authorization: `bearer ${forged({})}` } })).status,
    ).toBe(200);
  });

  test('opens by what the account is, whatever else the token says', async () => {
    expect(jwt.decode(staff.token)).toMatchObject({ username: staff.user.username, role: 'ADMIN' });
    const boastful = forged({ role: 'SUPER_ADMIN', username: 'superadmin' });
    const { body } = await send(server, 'GET', '/users/me', {
      headers: { authorization: `Bearer ${boastful}` },
    });
    expect(body).toMatchObject({ username: staff.user.username, role: 'ADMIN' });
  });

  const seconds = () => Math.floor(Date.now() / 1000);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const cases: [string, () => string | Promise<string>][] = [
    ['alg none', unsigned],
    ['alg none, no signature part', () => unsigned().slice(0, -1)],
    ['HS512', () => forged({}, { algorithm: 'HS512' })],
    ['RS256', () => forged({}, { secret: undefined, privateKey: rsa.privateKey, algorithm: 'RS256' })],
    ['another secret', () => forged({}, { secret: randomBytes(32).toString('base64url') })],
    ['the secret for delegated tokens', () => forged({}, { secret: firstKey(server).key })],
    ['another audience', () => forged({ aud: 'concierge:call' })],
    ['no audience', () => forged({ aud: undefined })],
    ['another typ', () => forged({ typ: 'refresh' })],
    ['no typ', () => forged({ typ: undefined })],
    ['no expiry', () => forged({ exp: undefined })],
    ['not valid yet', () => forged({ nbf: seconds() + 60 })],
    ['a subject that is no number', () => forged({ sub: 'admin' })],
    ['a subject beyond integers', () => forged({ sub: '9999999999' })],
    ['a user who does not exist', () => forged({ sub: '999999' })],
    ['another user’s login', async () => forged({ sub: String((await createStaff(server.app)).user.id) })],
    ['an old token version', () => forged({ tv: staff.user.tokenVersion - 1 })],
    ['a token version that is text', () => forged({ tv: '0' })],
    ['a login that never was', () => forged({ sid: '7b0c4f8e-0c0e-4f6e-8f57-0f3a4f3f9d11' })],
    [
      'a changed signature',
      () => staff.token.slice(0, -4) + (staff.token.endsWith('AAAA') ? 'BBBB' : 'AAAA'),
    ],
    ['a refresh token', () => staff.refreshToken],
    ['a donor token nobody issued', () => `cdt_${randomBytes(32).toString('base64url')}`],
    ['half a donor token', () => 'cdt_abc'],
    ['garbage', () => 'not-a-token'],
    ['a JSON text', () => '{"sub":"1"}'],
    ['9 kB of it', () => 'a'.repeat(9_000)],
  ];
  test('answers 403 to a donor token', async () => {
    const { headers } = await createDonorSession(server.app);
    const { status, body } = await send(server, 'GET', '/users/me', { headers });
    expect({ status, error: body.error }).toEqual({ status: 403, error: 'FORBIDDEN' });
  });

  test.each(cases)('answers 401 to %s', async (_name, token) => {
    const { status, error, message } = await ask(`Bearer ${await token()}`);
    expect({ status, error }).toEqual({ status: 401, error: 'UNAUTHORIZED' });
    expect(message).toMatch(/sign in/i);
    expect(message).not.toMatch(/jwt|signature|algorithm|audience/i);
  });

  test.each([
    ['Basic', 'Basic YTpi'],
    ['empty', 'Bearer'],
    ['two tokens', 'Bearer a b'],
    ['nothing before it', 'token'],
  ])('answers 401 to an Authorization header of another form (%s)', async (_name, header) => {
    expect(await ask(header)).toMatchObject({
      status: 401,
      message: expect.stringContaining('Bearer <token>'),
    });
  });

  test('says that a session has expired', async () => {
    const expired = await ask(`Bearer ${forged({ exp: Math.floor(Date.now() / 1000) - 1 })}`);
    expect(expired).toMatchObject({ status: 401, message: expect.stringContaining('expired') });
  });

  test('answers 401 without any token', async () => {
    expect((await send(server, 'GET', '/users/me')).status).toBe(401);
  });

  test('answers 401 to a deactivated account', async () => {
    const gone = await createStaff(server.app);
    await server.app.get(Database).user.update({ where: { id: gone.user.id }, data: { isActive: false } });
    expect((await send(server, 'GET', '/users/me', { headers: gone.headers })).status).toBe(401);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ActorResolver } from '../../src/domain/auth/actor-resolver.js';
import { DonorSessionsService } from '../../src/domain/donors/sessions/donor-sessions.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { EventBus } from '../../src/platform/events/event-bus.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { createStaff, signIn, type SignedInStaff } from '../factories/staff.factory.js';
import { startApp, startAppOn, type TestApp } from '../support/app.js';
import { send } from './auth-client.js';

let server: TestApp;
let database: Database;

beforeAll(async () => {
  server = await startApp();
  database = server.app.get(Database);
});
afterAll(async () => {
  await server.close();
});

const refresh = (cookie: string | undefined, headers: Record<string, string> = {}) =>
  send(server, 'POST', '/auth/refresh', { headers, ...(cookie !== undefined && { cookie }) });
const me = async (headers: Record<string, string>, on = server) =>
  (await send(on, 'GET', '/auth/me', { headers })).status;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Moves the first use of every used token of somebody into the past. */
const age = (staff: SignedInStaff, seconds: number) =>
  database.$executeRaw`UPDATE refresh_tokens SET used_at = used_at - make_interval(secs => ${seconds}) 
    WHERE login_id IN (SELECT id FROM staff_logins WHERE user_id = ${staff.user.id})`;

describe('POST /auth/refresh', () => {
  test('trades the cookie for a new one and a new access token', async () => {
    const staff = await createStaff(server.app);
    const first = await refresh(staff.refreshToken);
    expect(first).toMatchObject({
      status: 200,
      body: { expiresIn: 900, user: { username: staff.user.username } },
    });
    expect(first.cookie).toMatchObject({ httpOnly: true, sameSite: 'strict', path: '/api/v1/auth' });
    expect(first.cookie!.value).not.toBe(staff.refreshToken);
    expect(await me(bearer(first.body.accessToken))).toBe(200);
    expect((await refresh(first.cookie!.value)).status).toBe(200);
  });

  test('lets two tabs race', async () => {
    const staff = await createStaff(server.app);
    const tabs = await Promise.all([1, 2, 3].map(() => refresh(staff.refreshToken)));
    expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200]);
    // They share one successor.
    expect(new Set(tabs.map(({ cookie }) => cookie!.value)).size).toBe(1);
    for (const tab of tabs) expect(await me(bearer(tab.body.accessToken))).toBe(200);
    const further = await refresh(tabs[0]!.cookie!.value);
    // A tab whose request was on its way while another went further gets what that one has.
    const late = await refresh(staff.refreshToken);
    expect(late).toMatchObject({ status: 200, cookie: { value: further.cookie!.value } });
  });

  test('ends the whole login when an old token comes back, and only that login', async () => {
    const staff = await createStaff(server.app);
    const elsewhere = await signIn(server.app, staff.user);
    const thief = await refresh(staff.refreshToken);
    const further = await refresh(thief.cookie!.value);
    await age(staff, 11);
    const replayed = await refresh(staff.refreshToken);
    expect(replayed).toMatchObject({ status: 401, body: { message: 'You are signed out. Sign in again.' } });
    expect(replayed.cookie).toBeUndefined();
    expect((await refresh(further.cookie!.value)).status).toBe(401);
    expect(await me(bearer(thief.body.accessToken))).toBe(401);
    expect(await me(staff.headers)).toBe(401);
    expect(await me(elsewhere.headers)).toBe(200);
    expect((await refresh(elsewhere.refreshToken)).status).toBe(200);
    const rows = await database.auditEntry.findMany({ where: { action: 'auth.refresh_reused' } });
    expect(rows).toMatchObject([{ actorId: String(staff.user.id), ip: '127.0.0.1' }]);
  });

  test('still tolerates the race 8 s later', async () => {
    const staff = await createStaff(server.app);
    await refresh(staff.refreshToken);
    await age(staff, 8);
    expect((await refresh(staff.refreshToken)).status).toBe(200);
  });

  test('answers 401 without a cookie, to an unknown, an expired and a deactivated account’s one', async () => {
    const expired = await createStaff(server.app);
    await database.refreshToken.updateMany({
      where: { login: { userId: expired.user.id } },
      data: { expiresAt: new Date(0) },
    });
    const closed = await createStaff(server.app);
    await database.user.update({ where: { id: closed.user.id }, data: { isActive: false } });
    for (const cookie of [
      undefined,
      '',
      'crt_unknown',
      expired.refreshToken,
      closed.refreshToken,
      closed.token,
    ]) {
      expect((await refresh(cookie)).status).toBe(401);
    }
  });

  test('does not look at an Authorization header', async () => {
    const staff = await createStaff(server.app);
    expect((await refresh(staff.refreshToken, bearer('long-expired'))).status).toBe(200);
  });

  test('refuses a page of another site, before it uses up the token', async () => {
    const staff = await createStaff(server.app);
    for (const origin of [
      'https://evil.example',
      'null',
      'http://localhost:5006',
      'https://localhost:5005',
      '',
    ]) {
      const answer = await refresh(staff.refreshToken, { origin });
      expect(answer).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
      expect(
        (await send(server, 'POST', '/auth/logout', { cookie: staff.refreshToken, headers: { origin } }))
          .status,
      ).toBe(403);
    }
    const rows = await database.refreshToken.findMany({ where: { login: { userId: staff.user.id } } });
    expect(rows).toMatchObject([{ usedAt: null }]);
    const ours = await refresh(staff.refreshToken, { origin: server.config.publicUrl });
    expect(ours.status).toBe(200);
    expect((await refresh(ours.cookie!.value, { origin: server.url })).status).toBe(200);
  });

  test('cannot slip a token past the end of its login', async () => {
    const staff = await createStaff(server.app);
    let { refreshToken } = staff;
    for (let round = 0; round < 5; round++) {
      const [refreshed] = await Promise.all([
        refresh(refreshToken),
        send(server, 'POST', '/auth/logout', { cookie: refreshToken }),
      ]);
      expect(await database.refreshToken.count({ where: { login: { userId: staff.user.id } } })).toBe(0);
      if (refreshed.status === 200) expect((await refresh(refreshed.cookie!.value)).status).toBe(401);
      ({ refreshToken } = await signIn(server.app, staff.user));
    }
  });
});

describe('POST /auth/logout', () => {
  test('ends this login at once, access token included, and no other', async () => {
    const staff = await createStaff(server.app);
    const elsewhere = await signIn(server.app, staff.user);
    expect(await me(staff.headers)).toBe(200);
    const answer = await send(server, 'POST', '/auth/logout', { cookie: staff.refreshToken });
    expect(answer).toMatchObject({
      status: 204,
      cookie: { name: 'concierge_refresh', value: '', path: '/api/v1/auth' },
    });
    expect(answer.cookie!.expires!.getTime()).toBeLessThan(Date.now());
    expect(await me(staff.headers)).toBe(401);
    expect((await refresh(staff.refreshToken)).status).toBe(401);
    expect(await me(elsewhere.headers)).toBe(200);
  });

  test('is fine to repeat, and without a cookie, and leaves one audit entry', async () => {
    const staff = await createStaff(server.app);
    for (const cookie of [staff.refreshToken, staff.refreshToken, 'crt_unknown']) {
      expect((await send(server, 'POST', '/auth/logout', { cookie })).status).toBe(204);
    }
    expect((await send(server, 'POST', '/auth/logout')).status).toBe(204);
    const rows = await database.auditEntry.findMany({
      where: { action: 'auth.logout', actorId: String(staff.user.id) },
    });
    expect(rows).toMatchObject([{ actorType: 'staff', via: 'http', ip: '127.0.0.1' }]);
  });
});

describe('POST /auth/logout-all', () => {
  test('ends every login of the caller and leaves an audit entry', async () => {
    const staff = await createStaff(server.app);
    const colleague = await createStaff(server.app);
    const elsewhere = await signIn(server.app, staff.user);
    expect(await me(elsewhere.headers)).toBe(200);
    expect((await send(server, 'POST', '/auth/logout-all', { headers: staff.headers })).status).toBe(204);
    for (const { headers, refreshToken } of [staff, elsewhere]) {
      expect(await me(headers)).toBe(401);
      expect((await refresh(refreshToken)).status).toBe(401);
    }
    expect(await me(colleague.headers)).toBe(200);
    const rows = await database.auditEntry.findMany({ where: { action: 'auth.logout_all' } });
    expect(rows).toMatchObject([{ actorType: 'staff', actorId: String(staff.user.id) }]);
    expect((await database.user.findUniqueOrThrow({ where: { id: staff.user.id } })).tokenVersion).toBe(1);
  });

  test('needs an access token; the cookie alone does nothing', async () => {
    const staff = await createStaff(server.app);
    expect((await send(server, 'POST', '/auth/logout-all', { cookie: staff.refreshToken })).status).toBe(401);
    expect(await me(staff.headers)).toBe(200);
  });
});

describe('a password checked before everything was revoked', () => {
  test('does not open a login afterwards', async () => {
    const staff = await createStaff(server.app);
    await send(server, 'POST', '/auth/logout-all', { headers: staff.headers });
    await expect(signIn(server.app, staff.user)).rejects.toMatchObject({ status: 401 });
  });
});

describe('a revoked donor session', () => {
  test('is dead at once in this process, and announced', async () => {
    const donor = await createDonorSession(server.app);
    const resolver = server.app.get(ActorResolver);
    expect(await resolver.fromBearer(donor.token)).toMatchObject({ kind: 'donor', donorId: donor.donorId });
    const facts: unknown[] = [];
    const unsubscribe = server.app.get(EventBus).on('identity.revoked', (fact) => facts.push(fact));
    await server.app.get(DonorSessionsService).revoke(donor.sessionId);
    unsubscribe();
    expect(facts).toEqual([{ donorSessionId: donor.sessionId }]);
    await expect(resolver.fromBearer(donor.token)).rejects.toMatchObject({ status: 401 });
    await server.app.get(DonorSessionsService).revoke(donor.sessionId);
  });

  test('is stored as a hash only, and notes once an hour that it is in use', async () => {
    const donor = await createDonorSession(server.app);
    const where = { id: donor.sessionId };
    const row = await database.donorSession.update({ where, data: { lastSeenAt: new Date(0) } });
    expect(Buffer.from(row.tokenHash!)).toHaveLength(32);
    expect(Object.values(row)).not.toContain(donor.token);
    await server.app.get(ActorResolver).fromBearer(donor.token);
    const seen = await database.donorSession.findUniqueOrThrow({ where });
    expect(seen.lastSeenAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe('what the resolver remembers', () => {
  test('spares the database: many requests at once are one look-up, and the next is none', async () => {
    const staff = await createStaff(server.app);
    const resolver = server.app.get(ActorResolver);
    const answers = await Promise.all(Array.from({ length: 50 }, () => resolver.fromBearer(staff.token)));
    // One object for all of them: it was loaded once.
    expect(new Set(answers).size).toBe(1);
    expect(await resolver.fromBearer(staff.token)).toBe(answers[0]);
  });

  test('looks again when a revocation comes while a look-up is under way', async () => {
    const staff = await createStaff(server.app);
    const resolver = server.app.get(ActorResolver);
    const underWay = resolver.fromBearer(staff.token);
    server.app.get(EventBus).publish('identity.revoked', { userId: staff.user.id });
    const afterwards = resolver.fromBearer(staff.token);
    // The same object: both come from the second look-up.
    expect(await underWay).toBe(await afterwards);
  });

  test('does not remember refusals', async () => {
    const staff = await createStaff(server.app);
    const where = { id: staff.user.id };
    await database.user.update({ where, data: { isActive: false } });
    expect(await me(staff.headers)).toBe(401);
    await database.user.update({ where, data: { isActive: true } });
    expect(await me(staff.headers)).toBe(200);
  });
});

describe('two processes on one database', () => {
  test('a revocation in one reaches the other within 5 s', async () => {
    const other = await startAppOn(server.database, { secrets: server.config.secrets });
    try {
      const staff = await createStaff(server.app);
      expect(await me(staff.headers, other)).toBe(200);
      const revokedAt = Date.now();
      await send(server, 'POST', '/auth/logout-all', { headers: staff.headers });
      let status = await me(staff.headers, other);
      while (status === 200 && Date.now() - revokedAt < 5_000) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        status = await me(staff.headers, other);
      }
      expect(status).toBe(401);
    } finally {
      await other.app.close();
    }
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AuditLog } from '../../src/domain/audit/audit-log.js';
import { AuditExpiryJob } from '../../src/domain/audit/audit-expiry.job.js';
import { RefreshTokenExpiryJob } from '../../src/domain/staff/sessions/refresh-token-expiry.job.js';
import { createStaff } from '../factories/staff.factory.js';
import { expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, personOf, type Desk } from '../support/desk.js';
import { login } from './auth-client.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

interface Entry {
  id: string;
  action: string;
  actorType: string;
  actor: { id: number } | null;
  subject: string | null;
  ip: string | null;
  via: string | null;
  data: Record<string, unknown>;
}

const list = async (query = ''): Promise<Entry[]> => ok(desk.boss.get(`/audit-log${query}`));

/** Entries of refusals are written after the answer. */
async function eventuallyListed(query: string, count: number): Promise<Entry[]> {
  for (let round = 0; round < 500; round++) {
    const found = await list(query);
    if (found.length >= count) return found;
    await sleep(20);
  }
  throw new Error(`never ${count} entries for ${query}: ${JSON.stringify(await list(query))}`);
}

describe('GET /audit-log', () => {
  test('tells who did what to whom, with the names of today', async () => {
    const other = personOf(desk.server, await createStaff(desk.server.app, { name: 'Otto' }));
    await ok(desk.boss.patch(`/users/${other.id}`, { role: 'SUPER_ADMIN' }));
    const [entry] = await list('?action=user.role_changed');
    expect(entry).toEqual({
      id: expect.stringMatching(/^\d+$/),
      at: expect.stringMatching(/Z$/),
      action: 'user.role_changed',
      actorType: 'staff',
      actor: { id: desk.boss.id, name: 'Cleo' },
      subject: String(other.id),
      person: { id: other.id, name: 'Otto' },
      ip: '127.0.0.1',
      via: 'http',
      data: { from: 'ADMIN', to: 'SUPER_ADMIN' },
    });
    await ok(desk.boss.delete(`/users/${other.id}`), 204);
    const about = await list(`?actor=${other.id}`);
    expect(about.map(({ action }) => action)).toEqual([
      'user.deactivated',
      'user.role_changed',
      'auth.login',
    ]);
  });

  test('logins, failures, refusals, exports of power: each leaves its line', async () => {
    const staff = await createStaff(desk.server.app);
    const person = personOf(desk.server, staff);
    await login(desk.server, staff.user.username, staff.password);
    await login(desk.server, staff.user.username, 'not the password');
    await person.get('/audit-log');
    await ok(person.post('/auth/logout-all'), 204);
    await person.get('/users/me');
    const lines = await eventuallyListed(`?actor=${staff.user.id}`, 6);
    expect(lines.map(({ action }) => action).sort()).toEqual(
      [
        ...['access.denied', 'auth.login', 'auth.login', 'auth.login_failed', 'auth.logout_all'],
        ...['auth.token_refused'],
      ].sort(),
    );
    expect(lines.find(({ action }) => action === 'access.denied')).toMatchObject({
      subject: 'GET /api/v1/audit-log',
    });
  });

  test('pages by cursor, each entry once, newest first, filters kept', async () => {
    await desk.db.query(
      `INSERT INTO audit_log (action, actor_type, actor_id, created_at)
       SELECT 'test.paged', 'staff', $1, now() - make_interval(secs => n / 3) FROM generate_series(1, 25) n`,
      [String(desk.boss.id)],
    );
    const seen: string[] = [];
    let path: string | undefined = '/audit-log?action=test&limit=10';
    const sizes: number[] = [];
    while (path !== undefined) {
      const answer: Answer = await desk.boss.get(path);
      const entries: Entry[] = answer.body;
      seen.push(...entries.map(({ id }) => id));
      sizes.push(entries.length);
      path = /<\/api\/v1([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(sizes).toEqual([10, 10, 5]);
    const { rows } = await desk.db.query<{ id: string }>(
      `SELECT id FROM audit_log WHERE action = 'test.paged' ORDER BY created_at DESC, id DESC`,
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  test('from and to cut the time', async () => {
    await desk.db.query(
      `INSERT INTO audit_log (action, actor_type, created_at)
       SELECT 'test.dated', 'system', d FROM unnest(ARRAY['2020-01-01', '2020-01-02', '2020-01-03']::timestamptz[]) d`,
    );
    const at = async (query: string) => (await list(`?action=test.dated&${query}`)).length;
    expect(await at('from=2020-01-02')).toBe(2);
    expect(await at('to=2020-01-02')).toBe(1);
    expect(await at('from=2020-01-02T00:00:00Z&to=2020-01-03T00:00:00Z')).toBe(1);
  });

  test.each([
    '?actor=me',
    '?actor=0',
    '?action=%25',
    '?action=a.b.c',
    '?from=yesterday',
    '?to=2020-13-01',
    '?limit=0',
    '?limit=101',
    '?cursor=garbage',
    '?cursor[gt]=1',
    '?action=a&action=b',
    '?ip=127.0.0.1',
  ])('refuses %s', async (query) => {
    expectRefusal(await desk.boss.get(`/audit-log${query}`), 400, 'BAD_REQUEST');
  });
});

const summarise = () => desk.server.app.get(AuditLog, { strict: false }).summarise();

describe('a flood', () => {
  test('of refusals leaves a few lines and one that counts the rest, and the caller’s answers do not change', async () => {
    const person = personOf(desk.server, await createStaff(desk.server.app));
    await summarise();
    const answers = await Promise.all(Array.from({ length: 60 }, () => person.get('/audit-log')));
    for (const answer of answers) expectRefusal(answer, 403, 'FORBIDDEN');
    const lines = await eventuallyListed(`?actor=${person.id}&action=access`, 10);
    expect(lines).toHaveLength(10);
    await summarise();
    const [summary, next] = await list('?action=access.denied');
    expect(summary).toMatchObject({
      actorType: 'staff',
      actor: null,
      subject: null,
      ip: null,
      via: 'process',
    });
    expect(summary?.data).toEqual({ more: 50, addresses: 1 });
    expect(next?.data).toEqual({});
  });

  test('of one class hides no other: failed sign-ins and refusals of staff stay visible under it', async () => {
    const [known, watched] = [await createStaff(desk.server.app), await createStaff(desk.server.app)];
    const person = personOf(desk.server, watched);
    await summarise();
    for (let n = 0; n < 40; n++) await login(desk.server, `nobody-${n}`, 'not the password');
    await login(desk.server, known.user.username, 'not the password');
    await person.get('/audit-log');
    expect(await eventuallyListed(`?actor=${known.user.id}&action=auth.login_failed`, 1)).toHaveLength(1);
    expect(await eventuallyListed(`?actor=${watched.user.id}&action=access.denied`, 1)).toHaveLength(1);
    await summarise();
    const [summary] = await list('?action=auth.login_failed');
    expect(summary?.data).toEqual({ reason: 'unknown_user', more: 30, addresses: 1 });
  });

  test('never leaves out what was done, however often', async () => {
    const staff = await createStaff(desk.server.app);
    for (let n = 0; n < 40; n++) await login(desk.server, staff.user.username, staff.password);
    expect(await list(`?actor=${staff.user.id}&action=auth.login&limit=100`)).toHaveLength(41);
  });

  test('is counted also when the process stops within the minute', async () => {
    const short = await openDesk();
    const person = personOf(short.server, await createStaff(short.server.app));
    for (let n = 0; n < 12; n++) await person.get('/audit-log');
    await short.server.app.close();
    const { rows } = await short.db.query(`SELECT data FROM audit_log WHERE data ? 'more'`);
    expect(rows).toEqual([{ data: { more: 2, addresses: 1 } }]);
    await short.close();
  });
});

describe('every entry', () => {
  test('of a person says from which address and by which way, no matter who wrote it', async () => {
    const { rows } = await desk.db.query(
      `SELECT action FROM audit_log
        WHERE action NOT LIKE 'test.%' AND NOT data ? 'more' AND (ip IS NULL OR via IS DISTINCT FROM 'http')`,
    );
    expect(rows).toEqual([]);
  });
});

describe('what is old goes', () => {
  test('audit entries after AUDIT_RETENTION_DAYS, more than one batch of them', async () => {
    await desk.db.query(
      `INSERT INTO audit_log (action, actor_type, created_at)
       SELECT 'test.old', 'system', now() - interval '401 days' FROM generate_series(1, 5001)
       UNION ALL SELECT 'test.old', 'system', now() - interval '399 days'`,
    );
    expect(
      await desk.server.app.get(AuditExpiryJob, { strict: false }).deleteExpired(),
    ).toBeGreaterThanOrEqual(5001);
    expect(await list('?action=test.old')).toHaveLength(1);
  });

  test('refresh tokens that have expired or were used a week ago; nobody is signed out by it', async () => {
    const staff = await createStaff(desk.server.app);
    const person = personOf(desk.server, staff);
    await desk.db.query(
      `INSERT INTO refresh_tokens (id, login_id, token_hash, expires_at, used_at)
       SELECT gen_random_uuid(), login_id, decode(md5(n::text), 'hex'), now() + make_interval(days => days),
         now() - make_interval(days => used)
       FROM refresh_tokens t JOIN staff_logins l ON l.id = t.login_id,
         (VALUES (1, 10, 8), (2, 10, 1), (3, -1, NULL)) v(n, days, used) WHERE l.user_id = $1`,
      [staff.user.id],
    );
    await desk.db.query(
      `INSERT INTO staff_logins (id, user_id, created_at, last_used_at, ended_at)
       SELECT gen_random_uuid(), $1, now() - interval '40 days', now() - make_interval(days => used),
         now() - make_interval(days => ended)
       FROM (VALUES (31, NULL), (40, 31), (29, 29)) v(used, ended)`,
      [staff.user.id],
    );
    expect(await desk.server.app.get(RefreshTokenExpiryJob, { strict: false }).deleteExpired()).toBe(2);
    const logins = await desk.db.query(`SELECT 1 FROM staff_logins WHERE user_id = $1`, [staff.user.id]);
    expect(logins.rowCount).toBe(2);
    const { rows } = await desk.db.query(
      `SELECT used_at IS NULL AS fresh FROM refresh_tokens t JOIN staff_logins l ON l.id = t.login_id WHERE l.user_id = $1`,
      [staff.user.id],
    );
    expect(rows).toHaveLength(2);
    await ok(person.get('/users/me'));
  });
});

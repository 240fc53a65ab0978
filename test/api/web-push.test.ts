import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BrowserSubscribers } from '../../src/domain/preferences/browser-subscribers.service.js';
import { SecretBox } from '../../src/platform/crypto/secret-box.js';
import { Database } from '../../src/platform/database/database.service.js';
import { VapidKeys } from '../../src/platform/push/web/vapid-keys.js';
import { createStaff, signIn } from '../factories/staff.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok } from '../support/client.js';
import { openDesk, personOf, type Desk } from '../support/desk.js';
import { FakePushService } from '../support/fake-push-service.js';
import { httpRequest } from '../support/http.js';
import { browserOf, untilTold } from '../support/notices.js';
import { send } from './auth-client.js';

const AT = '/users/me/web-push';
let desk: Desk;
let pushes: FakePushService;
beforeAll(async () => {
  pushes = await FakePushService.start();
  desk = await openDesk({ webPush: { isOn: true, local: true } });
});
afterAll(async () => {
  await desk.close();
  await pushes.close();
});

/** A person of one test's own, with a ticket whose earlier notifications are out of the way, and a browser that takes pushes. */
async function atWork(name: string) {
  const staff = await createStaff(desk.server.app, { name });
  const person = personOf(desk.server, staff);
  const ticket = await createTicket(desk.server, { donorName: 'Grace' });
  const at = `/tickets/${ticket.id}`;
  await ok(person.put(`${at}/assign`));
  await untilTold(desk.db, ticket.id);
  const browser = `browser-of-${name}`;
  const { endpoint } = await browserOf(person, pushes, browser);
  const write = async (content: string) => {
    await ok(ticket.donor.post(`${at}/messages`, { content }), 201);
    return untilTold(desk.db, ticket.id);
  };
  return { staff, person, ticket, at, browser, endpoint, write };
}

const kept = async (endpoint: string) =>
  (await desk.db.query('SELECT 1 FROM web_push_subscriptions WHERE endpoint = $1', [endpoint])).rows.length;

describe('the key', () => {
  test('is one for all processes, also when they make it at the same time, and sealed', async () => {
    await desk.db.query('DELETE FROM web_push_keys');
    const process = () => new VapidKeys(desk.server.app.get(Database, { strict: false }), desk.server.config);
    const pairs = await Promise.all([process(), process(), process()].map((keys) => keys.pair()));
    expect(new Set(pairs.map(({ privateKey }) => privateKey)).size).toBe(1);
    expect(await ok(desk.admin.get(AT))).toEqual({ publicKey: pairs[0]?.publicKey });
    const { rows } = await desk.db.query('SELECT private_key FROM web_push_keys');
    const box = new SecretBox(desk.server.config.secrets.encryption, 'web push');
    expect(box.open(rows[0].private_key)).toBe(pairs[0]?.privateKey);
  });

  test('that cannot be opened is an error, and no reason to make another', async () => {
    const other = { ...desk.server.config, secrets: { jwt: 'x', encryption: 'y'.repeat(32) } };
    const keys = new VapidKeys(desk.server.app.get(Database, { strict: false }), other);
    await expect(keys.pair()).rejects.toThrow('another ENCRYPTION_KEY');
    expect((await desk.db.query('SELECT 1 FROM web_push_keys')).rows).toHaveLength(1);
  });
});

describe('a push', () => {
  test('reaches the browser encrypted and signed, in its reader’s language', async () => {
    const { person, ticket, browser, write } = await atWork('wanda');
    await ok(person.put('/users/me/profile', { locale: 'de' }));
    await write('Are you there?');
    const { publicKey } = await ok(person.get(AT));
    expect(pushes.to(browser)).toEqual([
      {
        browser,
        content: {
          title: 'Grace hat geschrieben',
          body: 'Are you there?',
          kind: 'donor_message',
          ticketId: ticket.id,
          tag: `concierge-${ticket.id}`,
          key: expect.stringMatching(`^${ticket.id}:\\d+$`),
        },
        ttl: 86_400,
        urgency: 'normal',
        topic: expect.stringMatching(/^[\w-]{32}$/),
        vapid: {
          aud: pushes.origin,
          exp: expect.any(Number),
          sub: 'mailto:desk@localhost',
          key: publicKey,
        },
      },
    ]);
  });

  test('of a long message is shortened until it fits', async () => {
    const { browser, write } = await atWork('wilma');
    await write('漢'.repeat(4_000));
    expect(pushes.to(browser)[0]?.content['body']).toMatch(/^漢{900,}…$/);
  });

  test('does not come for what is switched off', async () => {
    const { person, browser, write } = await atWork('walt');
    const { choices } = await ok(person.get('/users/me/notifications'));
    choices.reply.push = false;
    await ok(person.put('/users/me/notifications', { choices, quietHours: null }));
    expect((await write('Hello?')).at(-1)).toMatchObject({ state: 'skipped', reason: 'switched off' });
    expect(pushes.to(browser)).toEqual([]);
  });

  test('comes when its service is well again, once to each browser', async () => {
    const { person, browser, write } = await atWork('willy');
    await browserOf(person, pushes, 'other-of-willy');
    pushes.fail({ kind: 'error', status: 503, retryAfter: '1' });
    expect((await write('Hello?')).at(-1)).toMatchObject({ state: 'sent' });
    expect([pushes.to(browser).length, pushes.to('other-of-willy').length]).toEqual([1, 1]);
  });

  test('that one browser’s service refuses still reaches the others', async () => {
    const { person, browser, write } = await atWork('wren');
    await browserOf(person, pushes, 'other-of-wren');
    pushes.fail({ kind: 'error', status: 400 });
    expect((await write('Hello?')).at(-1)).toMatchObject({ state: 'sent' });
    expect(pushes.to(browser).length + pushes.to('other-of-wren').length).toBe(1);
  });
});

describe('a ring', () => {
  test('is urgent, and is kept for nobody longer than it rings', async () => {
    const { ticket, at, browser } = await atWork('rita');
    const request = await ok(ticket.donor.post(`${at}/call-requests`, { mode: 'audio' }), 201);
    await untilTold(desk.db, ticket.id);
    const [push] = pushes.to(browser);
    const ringsUntil = Date.parse(request.expiresAt);
    expect(push).toMatchObject({
      urgency: 'high',
      content: { kind: 'call_requested', tag: `concierge-call-${ticket.id}`, ringsUntil },
    });
    expect(push?.ttl).toBeGreaterThan(0);
    expect(push?.ttl).toBeLessThanOrEqual(120);
  });

  test('that nobody waits for any more is not sent', async () => {
    const { ticket, at, browser } = await atWork('rudi');
    pushes.fail({ kind: 'error', status: 429, retryAfter: '1' });
    const { id } = await ok(ticket.donor.post(`${at}/call-requests`, { mode: 'audio' }), 201);
    const before = pushes.tries;
    await ok(ticket.donor.delete(`/call-requests/${id}`));
    const told = await untilTold(desk.db, ticket.id);
    expect(told.find(({ kind }) => kind === 'call_requested')).toMatchObject({
      state: 'skipped',
      reason: 'no longer rings',
    });
    expect(pushes.to(browser)).toEqual([]);
    expect(pushes.tries - before).toBeLessThanOrEqual(1);
    pushes.forgive();
  });
});

describe('a browser', () => {
  test('that is gone is forgotten', async () => {
    const { browser, endpoint, write } = await atWork('gino');
    pushes.unsubscribe(browser);
    expect((await write('Hello?')).at(-1)).toMatchObject({ state: 'sent' });
    expect(await kept(endpoint)).toBe(0);
  });

  test('is forgotten when its person signs out on it, and the others ring on', async () => {
    const { staff, endpoint } = await atWork('olga');
    const tablet = await signIn(desk.server.app, staff.user);
    const other = await browserOf(new Client(desk.server, tablet.headers), pushes, 'tablet-of-olga');
    await send(desk.server, 'POST', '/auth/logout', { cookie: staff.refreshToken });
    expect([await kept(endpoint), await kept(other.endpoint)]).toEqual([0, 1]);
    await ok(new Client(desk.server, tablet.headers).post('/auth/logout-all'), 204);
    expect(await kept(other.endpoint)).toBe(0);
  });

  test('belongs to the person who registered it last, and only they forget it', async () => {
    const { person, endpoint, write, browser } = await atWork('first');
    const next = personOf(desk.server, await createStaff(desk.server.app, { name: 'Next' }));
    const { keys } = await browserOf(next, pushes, browser);
    await ok(person.ask('DELETE', AT, { endpoint }), 204);
    expect(await kept(endpoint)).toBe(1);
    await write('For the first');
    expect(pushes.to(browser)).toEqual([]);
    await ok(next.put(AT, { endpoint, keys }), 204);
    await ok(next.delete(AT), 204);
    expect(await kept(endpoint)).toBe(0);
  });

  test('is one of at most twenty a person: the oldest goes', async () => {
    const { person, endpoint } = await atWork('many');
    for (let count = 1; count <= 20; count += 1) await browserOf(person, pushes, `many-${count}`);
    const { rows } = await desk.db.query(
      'SELECT count(*)::int AS browsers FROM web_push_subscriptions WHERE user_id = $1',
      [person.id],
    );
    expect([rows[0].browsers, await kept(endpoint)]).toEqual([20, 0]);
  });

  test.each([
    ['http without need', { endpoint: 'http://push.example.org/x' }],
    ['an address of this network', { endpoint: 'https://169.254.169.254/latest' }],
    ['a name of this network', { endpoint: 'https://db.internal/x' }],
    ['no address', { endpoint: 'push' }],
    ['a key that is none', { keys: { p256dh: 'AAAA', auth: 'BTBZMqHH6r4Tts7J_aSIgg' } }],
    ['no keys', { keys: undefined }],
    ['keys of a wrong type', { keys: 'BTBZ' }],
    ['a field too many', { userId: 1 }],
  ])('is not registered with %s', async (_title, changes) => {
    const subscription = { ...pushes.subscribe('refused'), ...changes };
    expectRefusal(await desk.admin.put(AT, subscription), 400, 'BAD_REQUEST');
  });
});

test('health and settings say that browsers take pushes', async () => {
  const health = await (await httpRequest(`${desk.server.url}/health/advanced`)).json();
  expect(health).toMatchObject({
    parts: { webPush: { status: 'up', note: 'Browsers of staff take pushes.' } },
  });
  const { available } = await ok(desk.admin.get('/users/me/notifications'));
  expect(available).toEqual({ push: true, mail: false, webPush: true });
});

test('a desk without a browser plans nothing, and the first browser changes that at once', async () => {
  const subscribers = desk.server.app.get(BrowserSubscribers, { strict: false });
  await desk.db.query('DELETE FROM web_push_subscriptions');
  await subscribers.look();
  const waiting = async (ticketId: string) =>
    (await desk.db.query('SELECT seq FROM ticket_events WHERE ticket_id = $1 AND NOT dispatched', [ticketId]))
      .rowCount;
  const jobs = async (ticketId: string) =>
    (
      await desk.db.query(
        `SELECT FROM pgboss.job WHERE name = 'notifications.plan' AND data->>'ticketId' = $1`,
        [ticketId],
      )
    ).rowCount;
  const quiet = await createTicket(desk.server);
  expect([await waiting(quiet.id), await jobs(quiet.id)]).toEqual([0, 0]);
  const { write, browser } = await atWork('first');
  await write('Somebody listens now');
  expect(pushes.to(browser)).toHaveLength(1);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_CHOICES, DEFAULT_SOUNDS, isQuiet } from '../../src/contract/notifications.js';
import { DeliveryExpiry } from '../../src/reactions/notifications/delivery-expiry.job.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const AT = '/users/me/notifications';
const QUIET = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
const NOTHING = { push: false, mail: false, webPush: false };

describe('settings', () => {
  test('start with the defaults, and are kept for one person', async () => {
    const rest = { sounds: DEFAULT_SOUNDS, available: NOTHING };
    const initial = { choices: DEFAULT_CHOICES, quietHours: null, ...rest };
    expect(await ok(desk.admin.get(AT))).toEqual(initial);
    const choices = { ...DEFAULT_CHOICES, call: { push: false, mail: false, browser: true } };
    const changed = { choices, quietHours: QUIET };
    expect(await ok(desk.admin.put(AT, changed))).toEqual({ ...changed, ...rest });
    expect(await ok(desk.admin.get(AT))).toEqual({ ...changed, ...rest });
    expect(await ok(desk.colleague.get(AT))).toEqual(initial);
    await ok(desk.admin.put(AT, { choices, quietHours: null }));
    expect(await ok(desk.admin.get(AT))).toMatchObject({ quietHours: null });
  });

  test('keep the sounds that a client does not know of', async () => {
    const { admin } = desk;
    const sounds = { new_ticket: false, reply: true };
    const rest = { choices: DEFAULT_CHOICES, quietHours: null };
    expect(await ok(admin.put(AT, { ...rest, sounds }))).toMatchObject({ sounds });
    expect(await ok(admin.put(AT, rest))).toMatchObject({ sounds });
    expect(await ok(desk.colleague.get(AT))).toMatchObject({ sounds: DEFAULT_SOUNDS });
    expectRefusal(await admin.put(AT, { ...rest, sounds: { reply: 'loud' } }), 400, 'BAD_REQUEST');
    await ok(admin.put(AT, { ...rest, sounds: DEFAULT_SOUNDS }));
  });

  test.each([
    ...['Asia/Calcutta', 'Asia/Kolkata', 'Europe/Kyiv', 'Europe/Kiev', 'UTC', 'Etc/UTC', 'Etc/GMT+5'],
    ...['America/Buenos_Aires', 'America/Argentina/Buenos_Aires', 'Asia/Katmandu', 'Asia/Kathmandu'],
  ])('take %s, an old or a new name, as it is', async (timeZone) => {
    const settings = { choices: DEFAULT_CHOICES, quietHours: { ...QUIET, timeZone } };
    expect(await ok(desk.admin.put(AT, settings))).toMatchObject(settings);
    await ok(desk.admin.put(AT, { choices: DEFAULT_CHOICES, quietHours: null }));
  });

  test.each([
    ['a group that is missing', { choices: { reply: DEFAULT_CHOICES.reply }, quietHours: null }],
    [
      'a group that there is not',
      { choices: { ...DEFAULT_CHOICES, spam: DEFAULT_CHOICES.reply }, quietHours: null },
    ],
    [
      'a channel that is no yes or no',
      {
        choices: { ...DEFAULT_CHOICES, reply: { push: 'yes', mail: true, browser: true } },
        quietHours: null,
      },
    ],
    [
      'a place that has no time',
      { choices: DEFAULT_CHOICES, quietHours: { ...QUIET, timeZone: 'Mars/Olympus' } },
    ],
    ['a time that there is not', { choices: DEFAULT_CHOICES, quietHours: { ...QUIET, from: '24:00' } }],
    ['a text for quiet hours', { choices: DEFAULT_CHOICES, quietHours: 'always' }],
    ['nothing about quiet hours', { choices: DEFAULT_CHOICES }],
  ])('refuse %s', async (_title, body) => {
    expectRefusal(await desk.colleague.put(AT, body), 400, 'BAD_REQUEST');
    expect(await ok(desk.colleague.get(AT))).toMatchObject({ choices: DEFAULT_CHOICES, quietHours: null });
  });
});

test.each([
  ['2026-07-01T20:30:00Z', true],
  ['2026-07-01T19:30:00Z', false],
  ['2026-01-01T05:30:00Z', true],
  ['2026-01-01T06:00:00Z', false],
])('quiet hours over midnight in their own time zone: %s', (at, quiet) => {
  expect(isQuiet(QUIET, new Date(at))).toBe(quiet);
});

describe('devices', () => {
  const devices = async () => {
    const { rows } = await desk.db.query('SELECT token, platform, user_id FROM devices ORDER BY token');
    return rows;
  };

  test('are several a person, move with their last owner, and are forgotten one by one or all', async () => {
    const put = (token: string, platform?: string) =>
      ok(desk.admin.put('/users/me/fcm-token', { token, ...(platform && { platform }) }), 204);
    await put('phone-of-ada-1', 'ios');
    await put('phone-of-ada-2');
    await put('phone-of-ada-2', 'android');
    await ok(desk.colleague.put('/users/me/fcm-token', { token: 'phone-of-ada-1' }), 204);
    expect(await devices()).toEqual([
      { token: 'phone-of-ada-1', platform: 'web', user_id: desk.colleague.id },
      { token: 'phone-of-ada-2', platform: 'android', user_id: desk.admin.id },
    ]);
    await ok(desk.admin.ask('DELETE', '/users/me/fcm-token', { token: 'phone-of-ada-1' }), 204);
    expect(await devices()).toHaveLength(2);
    await ok(desk.admin.delete('/users/me/fcm-token'), 204);
    await ok(desk.colleague.ask('DELETE', '/users/me/fcm-token', { token: 'phone-of-ada-1' }), 204);
    expect(await devices()).toEqual([]);
  });

  test('are at most twenty a person: the oldest goes', async () => {
    const { donor } = await createTicket(desk.server);
    for (let count = 10; count < 31; count += 1) {
      await ok(donor.put('/donors/me/fcm-token', { token: `phone-number-${count}` }), 204);
    }
    const tokens = (await devices()).map(({ token }) => token);
    expect(tokens).toHaveLength(20);
    expect(tokens).not.toContain('phone-number-10');
    await ok(donor.delete('/donors/me/fcm-token'), 204);
    expect(await devices()).toEqual([]);
  });

  test.each([
    ['blanks', 'a token with blanks'],
    ['too little', 'short'],
    ['too much', 'x'.repeat(513)],
    ['an object', { contains: '' }],
  ])('have no token of %s', async (_title, token) => {
    expectRefusal(await desk.admin.put('/users/me/fcm-token', { token }), 400, 'BAD_REQUEST');
    expect(await devices()).toEqual([]);
  });
});

test('notifications of long ago are forgotten', async () => {
  const { id } = await createTicket(desk.server);
  for (const [key, days] of [
    ['old', 91],
    ['young', 89],
  ]) {
    await desk.db.query(
      `INSERT INTO deliveries (id, key, ticket_id, seq, kind, channel, recipient, created_at)
       VALUES (gen_random_uuid(), $1, $2, 1, 'reminder', 'mail', 'donor', now() - make_interval(days => $3))`,
      [key, id, days],
    );
  }
  await desk.server.app.get(DeliveryExpiry, { strict: false }).expire();
  const { rows } = await desk.db.query('SELECT key FROM deliveries WHERE ticket_id = $1', [id]);
  expect(rows).toEqual([{ key: 'young' }]);
});

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { delegated } from '../factories/delegated-token.factory.js';
import { Client, expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { FakeSmtp } from '../support/fake-smtp.js';
import { until } from '../support/ticket-viewer.js';

let desk: Desk;
let smtp: FakeSmtp;
let mailbox = '';
let boxes = 0;

beforeAll(async () => {
  smtp = await FakeSmtp.start();
  desk = await openDesk({ mail: { smtpUrl: smtp.url, from: 'Desk <desk@charity.example>', delay: 0 } });
});
beforeEach(() => {
  mailbox = `maria${(boxes += 1)}@example.org`;
});
afterAll(async () => {
  await desk.close();
  await smtp.close();
});

const at = '/auth/donor/link';
const ask = (email: string, more: object = {}) => desk.link.post(at, { email, ...more });
const as = (token: string) => new Client(desk.server, { authorization: `Bearer ${token}` });
const mailsTo = (address: string) => smtp.to(address);

/** Every job that was asked for has run. */
async function settled(): Promise<void> {
  const waiting = `SELECT 1 FROM pgboss.job WHERE name = 'identity.magic-link' AND state IN ('created', 'retry', 'active')`;
  while ((await desk.db.query(waiting)).rows.length > 0) await sleep(50);
}

/** The token of the newest link that was mailed there. */
async function linkFor(address: string, count = 1): Promise<string> {
  await until(() => mailsTo(address).length >= count);
  const text = mailsTo(address).at(-1)?.parsed.text ?? '';
  const [, token] = /http:\/\/localhost:5005\/conversations#concierge=([\w-]{43})/.exec(text) ?? [];
  if (token === undefined) throw new Error(`no link in: ${text}`);
  return token;
}

describe('a link by mail', () => {
  test('opens the tickets of that mailbox, once', async () => {
    const first = await createTicket(desk.server, { donorEmail: mailbox.replace('m', 'M') });
    const second = await createTicket(desk.server, { donorEmail: mailbox });
    const kim = await delegated(desk.server);
    await ok(kim.client.post('/tickets', { topic: 'Kim’s' }), 201);
    expect(await ok(ask(mailbox.toUpperCase().replace('.ORG', '.org')), 202)).toEqual({
      message: 'If there are conversations under this address, a link is on its way.',
    });
    const token = await linkFor(mailbox);
    const session = await ok(desk.link.post('/auth/donor/resume', { token }));
    expect(session.donor).toEqual({ donorId: mailbox, email: mailbox, name: null });
    const proven = `SELECT 1 FROM mail_addresses WHERE address = $1 AND proven_at IS NOT NULL`;
    expect((await desk.db.query(proven, [mailbox])).rows).toHaveLength(1);
    const maria = as(session.donorToken);
    const list = await ok(maria.get('/tickets?sort=createdAt'));
    expect(list.map(({ id }: { id: string }) => id)).toEqual([first.id, second.id]);
    expect(await ok(maria.get(`/tickets/donor/${encodeURIComponent(mailbox)}`))).toHaveLength(2);
    await ok(maria.post(`/tickets/${first.id}/messages`, { content: 'Found it' }), 201);
    await ok(maria.get(`/tickets/${second.id}/events`));
    const own = await ok(maria.post('/tickets', { subject: 'Another' }), 201);
    expect(own).toMatchObject({ donorEmail: mailbox });
    expectRefusal(await desk.link.post('/auth/donor/resume', { token }), 401, 'UNAUTHORIZED');
    const { rows } = await desk.db.query(`SELECT data FROM audit_log WHERE subject = $1`, [
      `mail:${mailbox}`,
    ]);
    expect(rows).toEqual([{ data: { way: 'link by mail' } }]);
  });

  test('is in the language that was asked for, and in no row of the database', async () => {
    await createTicket(desk.server, { donorEmail: mailbox });
    await ok(ask(mailbox, { locale: 'de-AT' }), 202);
    const token = await linkFor(mailbox);
    expect(mailsTo(mailbox)[0]?.parsed.subject).toMatch(/Gespräche/);
    const { rows } = await desk.db.query(
      `SELECT (SELECT string_agg(d::text, '') FROM donor_links d) || (SELECT string_agg(j.data::text, '') FROM pgboss.job j) AS all`,
    );
    expect(rows[0].all).not.toContain(token);
  });

  test('says the same for an address nobody knows, and mails nothing there', async () => {
    await createTicket(desk.server, { donorEmail: mailbox });
    const [known, unknown] = [await ask(mailbox), await ask('nobody@example.org')];
    expect({ status: unknown.status, body: unknown.body }).toEqual({
      status: known.status,
      body: known.body,
    });
    await linkFor(mailbox);
    await settled();
    expect(mailsTo('nobody@example.org')).toEqual([]);
  });

  test('is worth nothing after a quarter of an hour, or when it was never made', async () => {
    await createTicket(desk.server, { donorEmail: mailbox });
    await ok(ask(mailbox), 202);
    const token = await linkFor(mailbox);
    const where = `WHERE mailbox = '${mailbox}'`;
    const { rows } = await desk.db.query(
      `SELECT extract(epoch FROM expires_at - now())::int AS left FROM donor_links ${where}`,
    );
    expect(rows[0].left).toBeGreaterThan(14 * 60);
    expect(rows[0].left).toBeLessThanOrEqual(15 * 60);
    await desk.db.query(`UPDATE donor_links SET expires_at = now() - interval '1 second' ${where}`);
    const path = '/auth/donor/resume';
    for (const worthless of [token, 'x'.repeat(43), 'x'])
      expectRefusal(await desk.link.post(path, { token: worthless }), 401, 'UNAUTHORIZED', path);
    const used = await desk.db.query(`SELECT used_at FROM donor_links ${where}`);
    expect(used.rows).toEqual([{ used_at: null }]);
  });

  test('used twice at once opens one session', async () => {
    await createTicket(desk.server, { donorEmail: mailbox });
    await ok(ask(mailbox), 202);
    const token = await linkFor(mailbox);
    const tries = await Promise.all([1, 2, 3].map(() => desk.link.post('/auth/donor/resume', { token })));
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const { rows } = await desk.db.query('SELECT 1 FROM donor_sessions WHERE owner_key = $1', [
      `mail:${mailbox}`,
    ]);
    expect(rows).toHaveLength(1);
  });

  test('is sent five times a day at most, until one is used', async () => {
    await createTicket(desk.server, { donorEmail: mailbox });
    const statuses = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, () => ask(mailbox)));
      return answers.map(({ status }) => status).sort();
    };
    expect(await statuses(7)).toEqual([202, 202, 202, 202, 202, 429, 429]);
    expect(await statuses(1)).toEqual([429]);
    const token = await linkFor(mailbox, 5);
    await settled();
    expect(mailsTo(mailbox)).toHaveLength(5);
    await ok(desk.link.post('/auth/donor/resume', { token }));
    expect(await statuses(1)).toEqual([202]);
    // The same for an address nobody knows.
    const stranger = await Promise.all(Array.from({ length: 6 }, () => ask(`x${mailbox}`)));
    expect(stranger.map(({ status }) => status).sort()).toEqual([202, 202, 202, 202, 202, 429]);
  });

  test('goes out although the mail server was away', async () => {
    await createTicket(desk.server, { donorEmail: mailbox });
    smtp.fail({ kind: 'reply', at: 'data', code: 451 });
    await ok(ask(mailbox), 202);
    await ok(desk.link.post('/auth/donor/resume', { token: await linkFor(mailbox) }));
  });
});

describe('the browser that asked for a link', () => {
  const nonce = () => randomBytes(16).toString('base64url');
  const listed = async (body: object) => {
    const { donorToken } = await ok(desk.link.post('/auth/donor/resume', body));
    return ((await ok(as(donorToken).get('/tickets?sort=createdAt'))) as { id: string }[]).map(
      ({ id }) => id,
    );
  };

  test('brings the tickets of its guest along', async () => {
    const own = await createTicket(desk.server, { donorEmail: mailbox });
    const guest = await createTicket(desk.server, { donorEmail: `other-${mailbox}` });
    const { donorToken } = guest.created;
    const asked = { nonce: nonce(), donorToken };
    await ok(ask(mailbox, asked), 202);
    const token = await linkFor(mailbox);
    expect(await listed({ token, ...asked })).toEqual([own.id, guest.id]);
  });

  test.each([
    ['without its nonce', {}],
    ['with another nonce', { nonce: nonce() }],
  ])('is not known %s: the link signs in, and collects nothing', async (_title, shown) => {
    const own = await createTicket(desk.server, { donorEmail: mailbox });
    const victim = await createTicket(desk.server, { donorEmail: `victim-${mailbox}` });
    const { donorToken } = victim.created;
    await ok(ask(mailbox, { nonce: nonce(), donorToken }), 202);
    const token = await linkFor(mailbox);
    expect(await listed({ token, donorToken, ...shown })).toEqual([own.id]);
    await ok(victim.donor.get(`/tickets/${victim.id}`));
  });

  test('brings no other guest’s tickets along than its own', async () => {
    const own = await createTicket(desk.server, { donorEmail: mailbox });
    const [asking, other] = [await createTicket(desk.server), await createTicket(desk.server)];
    const asked = { nonce: nonce(), donorToken: asking.created.donorToken };
    await ok(ask(mailbox, asked), 202);
    const token = await linkFor(mailbox);
    expect(await listed({ token, ...asked, donorToken: other.created.donorToken })).toEqual([own.id]);
  });

  test('is told apart from others before the link is used, which looking does not', async () => {
    await createTicket(desk.server, { donorEmail: mailbox });
    const asked = { nonce: nonce() };
    await ok(ask(mailbox, asked), 202);
    const token = await linkFor(mailbox);
    const check = (shown: object) => ok(desk.link.post('/auth/donor/link/check', { token, ...shown }));
    expect(await check({})).toEqual({ email: mailbox, isYours: false });
    expect(await check({ nonce: nonce() })).toEqual({ email: mailbox, isYours: false });
    expect(await check(asked)).toEqual({ email: mailbox, isYours: true });
    await ok(desk.link.post('/auth/donor/resume', { token }));
    const path = '/auth/donor/link/check';
    expectRefusal(await desk.link.post(path, { token, ...asked }), 401, 'UNAUTHORIZED', path);
  });

  test('keeps its nonce to itself: the database has a hash of it', async () => {
    await createTicket(desk.server, { donorEmail: mailbox });
    const asked = { nonce: nonce() };
    await ok(ask(mailbox, asked), 202);
    const { rows } = await desk.db.query(
      `SELECT d::text AS row, octet_length(nonce_hash) AS bytes FROM donor_links d WHERE mailbox = $1`,
      [mailbox],
    );
    expect(rows).toEqual([{ row: expect.not.stringContaining(asked.nonce), bytes: 32 }]);
  });
});

test('without a mail server nothing is offered, and nothing pretended', async () => {
  const silent = await openDesk();
  try {
    expect(await ok(silent.link.get('/auth/donor'))).toEqual({ magicLink: false });
    expect(await ok(desk.link.get('/auth/donor'))).toEqual({ magicLink: true });
    expectRefusal(await silent.link.post(at, { email: mailbox }), 503, 'SERVICE_UNAVAILABLE', at);
    const { rows } = await silent.db.query('SELECT 1 FROM donor_links');
    expect(rows).toEqual([]);
  } finally {
    await silent.close();
  }
});

test('asking is limited by address', async () => {
  const { limits } = desk.server.config;
  const narrow = await openDesk({
    limits: { ...limits, logins: 2 },
    mail: { smtpUrl: smtp.url, from: 'Desk <desk@charity.example>', delay: 0 },
  });
  try {
    const statuses: number[] = [];
    for (const name of ['a', 'b', 'c'])
      statuses.push((await narrow.link.post(at, { email: `${name}@example.org` })).status);
    expect(statuses).toEqual([202, 202, 429]);
  } finally {
    await narrow.close();
  }
});

import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MailAddresses } from '../../src/platform/mail/mail-addresses.js';
import { DEAD_LETTERS } from '../../src/platform/jobs/job-queues.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { FileStorage } from '../../src/platform/storage/file-storage.js';
import { delegated, unixNow } from '../factories/delegated-token.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok } from '../support/client.js';
import { openNotifyingDesk, phoneOf, untilTold, type NotifyingDesk } from '../support/notices.js';
import { until } from '../support/ticket-viewer.js';
import { tracesOf } from '../support/traces.js';

let desk: NotifyingDesk;
let word = '';
let address = '';
let phone = '';
const dataDir = mkdtempSync(join(tmpdir(), 'concierge-erasure-'));

beforeAll(async () => {
  desk = await openNotifyingDesk(0, { dataDir });
});
beforeEach(() => {
  word = `marker${randomBytes(6).toString('hex')}`;
  address = `${word}@example.org`;
  phone = `+49 30 ${randomInt(1e9, 1e10)}`;
});
afterAll(async () => {
  await desk.close();
  rmSync(dataDir, { recursive: true });
});

/** Where a person's words are while the ticket is there: the search finds them. */
const PLACES = [
  ...['attachments', 'call_requests', 'devices', 'donor_sessions', 'donors', 'mail_addresses', 'messages'],
  ...['ticket_events', 'ticket_transfers', 'tickets'],
]
  .map((table) => `public.${table}`)
  .concat('pgboss');

const traces = () => tracesOf(word, desk.db, dataDir);
const as = (token: string) => new Client(desk.server, { authorization: `Bearer ${token}` });
const key = () => ({ 'idempotency-key': `${word}-${randomUUID()}` });
const get = <T>(type: abstract new (...args: never[]) => T): T =>
  desk.server.app.get<T>(type, { strict: false });

const everywhere = () => ({
  donorId: word,
  donorEmail: address,
  donorName: `Name ${word}`,
  subject: `Subject ${word}`,
  description: `Description ${word}`,
  context: { page: `https://shop.example/${word}`, locale: 'en', order: word },
});

/** Deletes as a super admin, and waits for what is done after the answer. */
async function remove(ticketId: string): Promise<void> {
  await ok(desk.boss.delete(`/tickets/${ticketId}`));
  for (
    const waiting = `SELECT 1 FROM pgboss.job WHERE state IN ('created', 'retry', 'active') AND name <> $1`;
    ;
  ) {
    const { rows } = await desk.db.query(waiting, [DEAD_LETTERS]);
    if (rows.length === 0) return;
    await sleep(30);
  }
}

/** A file as an upload leaves it; the route for uploads is not there yet. */
async function attach(ticketId: string): Promise<void> {
  const name = randomBytes(12).toString('hex');
  const storageKey = `attachments/${name}.txt`;
  await get(FileStorage).put(storageKey, Buffer.from(`Letter of ${word}`));
  await desk.db.query(
    `INSERT INTO attachments (id, ticket_id, uploader_type, uploader_id, file_name, mime_type, size, sha256, storage_key)
     VALUES (gen_random_uuid(), $1, 'donor', $2, $2, 'text/plain', 1, repeat('0', 64), $3)`,
    [ticketId, word, storageKey],
  );
}

/** Everything that people can write and cause on a ticket. */
async function fill({ id, donor }: TicketFixture): Promise<void> {
  const at = `/tickets/${id}`;
  await phoneOf(donor, 'donors', `phone-${word}`);
  await ok(donor.post(`${at}/messages`, { content: `Hello ${word}`, clientMessageId: word }, key()), 201);
  const slip = await ok(donor.post(`${at}/messages`, { content: `Slip ${word}` }), 201);
  await ok(donor.put(`${at}/messages/${slip.id}`, { content: `Better ${word}` }));
  await ok(donor.delete(`${at}/messages/${slip.id}`));
  await attach(id);
  await ok(desk.admin.put(`${at}/assign`));
  await ok(desk.admin.post(`${at}/notes`, { content: `Note ${word}` }, key()), 201);
  desk.smtp.fail({ kind: 'reply', at: 'rcpt', code: 451 });
  await ok(desk.admin.post(`${at}/messages`, { content: `Dear ${word}` }, key()), 201);
  await ok(desk.admin.patch(at, { tags: [word], helpfulNotes: word, donorEmail: `old-${address}` }));
  await ok(desk.admin.patch(at, { donorEmail: address }));
  await ok(desk.admin.patch(`${at}/donor`, { notes: `Knows ${word}` }));
  await ok(desk.admin.post(`${at}/reminder`), 200);
  await ok(donor.post(`${at}/call-requests`, { mode: 'audio', message: `Ring ${word}` }, key()), 201);
  const call = { ticketId: id, callType: 'video', initiatedBy: 'admin' };
  const { id: callId } = await ok(desk.admin.post('/calls', call, key()), 201);
  await ok(desk.admin.post(`/calls/${callId}/end`));
  await ok(donor.put(`${at}/callback`, { phone }));
  await ok(donor.post(`${at}/transcript`), 202);
  const notes = { toAdminId: desk.colleague.id, transferNotes: `To you: ${word}` };
  await ok(desk.admin.post(`${at}/transfer`, notes, key()));
  await ok(desk.colleague.put(`${at}/resolve`));
  await ok(donor.post(`${at}/rating`, { rating: 2, comment: `Hm ${word}` }));
  await untilTold(desk.db, id);
  await get(Jobs).send(DEAD_LETTERS, { ticketId: id, data: { subject: word } });
}

describe('deleting the last ticket of a guest', () => {
  test('leaves no word of the person in any column of any table, and in no file', async () => {
    const created = await ok(desk.link.post('/tickets', everywhere(), key()), 201);
    const donor = as(created.donorToken);
    await fill({ id: created.id, donorId: word, created, donor });
    const places = new Set((await traces()).map(({ where }) => where.replace(/^pgboss\..*/, 'pgboss')));
    expect([...places]).toEqual(expect.arrayContaining(PLACES));
    await remove(created.id);
    expect(await traces()).toEqual([]);
    expect(await tracesOf(phone, desk.db, dataDir)).toEqual([]);
    expectRefusal(await donor.get('/tickets'), 401, 'UNAUTHORIZED');
  });

  test('takes proven mailboxes and their sessions, links and counters along', async () => {
    const created = await ok(desk.link.post('/tickets', everywhere()), 201);
    const nonce = randomBytes(18).toString('base64url');
    const { donorToken } = created;
    await ok(desk.link.post('/auth/donor/link', { email: address, nonce, donorToken }), 202);
    const linkIn = () => /#concierge=([\w-]{43})/.exec(desk.smtp.to(address).at(-1)?.parsed.text ?? '')?.[1];
    await until(() => linkIn() !== undefined);
    const session = await ok(desk.link.post('/auth/donor/resume', { token: linkIn(), nonce, donorToken }));
    const verified = as(session.donorToken);
    await phoneOf(verified, 'donors', `phone-${word}`);
    await ok(verified.post(`/tickets/${created.id}/messages`, { content: word }), 201);
    await remove(created.id);
    expect(await traces()).toEqual([]);
    expectRefusal(await verified.get('/tickets'), 401, 'UNAUTHORIZED');
    const { rows } = await desk.db.query(
      `SELECT subject FROM audit_log WHERE action = 'donor.verified' ORDER BY id DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ subject: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
  });

  test('leaves nothing of somebody whom a backend vouches for, and their ended tokens stay worthless', async () => {
    const claims = { id: word, username: word, email: address };
    const person = await delegated(desk.server, { ...claims, iat: unixNow() - 60 });
    const { id } = await ok(person.client.post('/tickets', { topic: word, description: word }), 201);
    await ok(person.client.post('/auth/donor/logout', {}));
    await remove(id);
    expect(await traces()).toEqual([]);
    expectRefusal(await person.client.get('/tickets'), 401, 'UNAUTHORIZED');
    const newer = await delegated(desk.server, { ...claims, iat: unixNow() + 2 });
    await ok(newer.client.post('/tickets', { topic: 'Again', description: 'x' }), 201);
    await phoneOf(newer.client, 'donors', `phone-${word}`);
    const { rows } = await desk.db.query(
      `SELECT s.donor_id, s.email FROM devices d JOIN donor_sessions s ON s.id = d.donor_session_id WHERE d.token = $1`,
      [`phone-${word}`],
    );
    expect(rows).toEqual([{ donor_id: word, email: address }]);
  });
});

describe('deleting one ticket of several', () => {
  test('keeps the session, phones and address for the others, and nothing of its own', async () => {
    const first = await createTicket(desk.server, { donorEmail: `kim-${address}`, subject: word });
    const second = await ok(first.donor.post('/tickets', { subject: 'Another' }), 201);
    await phoneOf(first.donor, 'donors', `phone-of-${first.donorId}`);
    await remove(first.id);
    expect((await traces()).every(({ where }) => where !== 'public.messages')).toBe(true);
    const named = await tracesOf(`kim-${address}`, desk.db, dataDir);
    expect(named.map(({ where }) => where)).toContain('public.donor_sessions');
    await ok(first.donor.get(`/tickets/${second.id}`));
    const { rows } = await desk.db.query(`SELECT 1 FROM devices WHERE token = $1`, [
      `phone-of-${first.donorId}`,
    ]);
    expect(rows).toHaveLength(1);
  });

  test('keeps what another person’s ticket says of the same mailbox', async () => {
    const [one, other] = [
      await createTicket(desk.server, { donorEmail: address }),
      await createTicket(desk.server, { donorEmail: address.toUpperCase() }),
    ];
    await ok(desk.admin.post(`/tickets/${one.id}/messages`, { content: 'Hello' }), 201);
    await untilTold(desk.db, one.id);
    await remove(one.id);
    const counted = async () =>
      (await desk.db.query(`SELECT 1 FROM mail_addresses WHERE address = $1`, [address])).rows.length;
    expect(await counted()).toBe(1);
    expectRefusal(await one.donor.get('/tickets'), 401, 'UNAUTHORIZED');
    await ok(other.donor.get(`/tickets/${other.id}`));
    await remove(other.id);
    expect(await counted()).toBe(0);
    expect(await traces()).toEqual([]);
  });
});

test('an address that wants no emails gets none after its erasure either, and is not kept for it', async () => {
  const addresses = get(MailAddresses);
  const { id } = await createTicket(desk.server, { donorEmail: address });
  await addresses.unsubscribe(address);
  await remove(id);
  expect(await traces()).toEqual([]);
  expect(await addresses.isUnsubscribed(address.toUpperCase())).toBe(true);
  expect(await addresses.isUnsubscribed(`other-${address}`)).toBe(false);
});

describe('the same request again, after its ticket was deleted', () => {
  test('is 410, makes no other ticket, and says what to do', async () => {
    const headers = key();
    const body = everywhere();
    const { id, donorToken } = await ok(desk.link.post('/tickets', body, headers), 201);
    const said = key();
    const message = () => as(donorToken).post(`/tickets/${id}/messages`, { content: word }, said);
    await ok(message(), 201);
    await remove(id);
    const again = await desk.link.post('/tickets', body, headers);
    expectRefusal(again, 410, 'GONE', '/tickets');
    expect(again.body.message).toContain('Use a new key');
    expectRefusal(await message(), 401, 'UNAUTHORIZED');
    expect(await traces()).toEqual([]);
    await ok(desk.link.post('/tickets', body, key()), 201);
  });

  test('is 410 also when the deletion came before the answer was kept', async () => {
    const headers = key();
    const { id } = await ok(desk.link.post('/tickets', everywhere(), headers), 201);
    await desk.db.query(
      `UPDATE idempotency_keys SET status_code = NULL, response = NULL, claimed_at = 'epoch' WHERE resource_id = $1`,
      [id],
    );
    await remove(id);
    expectRefusal(await desk.link.post('/tickets', everywhere(), headers), 410, 'GONE');
  });
});

describe('deleting a ticket while an email about it is on its way', () => {
  /** Waits until a session waits for a lock in a statement like this. */
  async function untilBlocked(statement: string): Promise<void> {
    const blocked = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE $1`;
    while ((await desk.db.query(blocked, [`%${statement}%`])).rows.length === 0) await sleep(20);
  }

  test('waits for the email to be counted, and neither stops the other', async () => {
    const ticket = await createTicket(desk.server, everywhere());
    const { id } = ticket;
    await ok(desk.admin.put(`/tickets/${id}/assign`));
    await untilTold(desk.db, id);
    const counting = await desk.db.connect();
    await counting.query('BEGIN');
    await counting.query('LOCK TABLE ticket_mails IN SHARE MODE');
    await ok(desk.admin.post(`/tickets/${id}/messages`, { content: `Dear ${word}` }), 201);
    await untilBlocked('INSERT INTO ticket_mails');
    const deletion = remove(id);
    await Promise.race([untilBlocked('tickets'), deletion]);
    await counting.query('ROLLBACK');
    counting.release();
    await deletion;
    expect(await traces()).toEqual([]);
  });
});

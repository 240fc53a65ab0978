import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok, type Answer, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

interface Create {
  who: () => Client;
  /** Path and body of something new to create. */
  ask: () => Promise<{ path: string; body: Record<string, unknown> }>;
  /** How many there are of what it creates. */
  count: () => Promise<number>;
}

const countOf = (sql: string) => async () => (await desk.db.query<{ n: number }>(sql)).rows[0]!.n;
const onTicket = (rest: string, body: Record<string, unknown>, donorId?: string) => async () => {
  const { id } = await createTicket(desk.server, donorId === undefined ? {} : { donorId });
  return {
    path: rest === '/calls' ? rest : `/tickets/${id}${rest}`,
    body: rest === '/calls' ? { ...body, ticketId: id } : body,
  };
};
const ticketBody = (fields: Record<string, unknown>) => async () => ({
  path: '/tickets',
  body: { donorId: 'kim', donorEmail: 'kim@example.org', ...fields },
});
const tickets = countOf('SELECT count(*)::int AS n FROM tickets');
const messages = countOf(`SELECT count(*)::int AS n FROM messages WHERE message_type <> 'system'`);
const calls = countOf('SELECT count(*)::int AS n FROM calls');

const CREATES: Record<string, Create> = {
  'POST /tickets by link': { who: () => desk.link, ask: ticketBody({ callType: 'video' }), count: tickets },
  'POST /tickets by staff': { who: () => desk.admin, ask: ticketBody({}), count: tickets },
  'POST messages by link': {
    who: () => desk.link,
    ask: onTicket('/messages', { content: 'Once', senderId: 'kim' }, 'kim'),
    count: messages,
  },
  'POST messages by staff': {
    who: () => desk.admin,
    ask: onTicket('/messages', { content: 'Once' }),
    count: messages,
  },
  'POST notes': { who: () => desk.admin, ask: onTicket('/notes', { content: 'Once' }), count: messages },
  'POST /calls': {
    who: () => desk.admin,
    ask: onTicket('/calls', { callType: 'video', initiatedBy: 'admin' }),
    count: calls,
  },
};

const keyed = (who: Client, path: string, body: unknown, key: string) =>
  who.post(path, body, { 'idempotency-key': key });

/** As if the process had died after its commit and before it kept the answer. */
async function forgetAnswer(key: string): Promise<void> {
  const { rowCount } = await desk.db.query(
    `UPDATE idempotency_keys SET status_code = NULL, response = NULL, claimed_at = now() - interval '1 minute' WHERE key = encode(sha256($1::bytea), 'hex')`,
    [key],
  );
  expect(rowCount).toBe(1);
}

describe.each(Object.entries(CREATES))('%s', (_name, { who, ask, count }) => {
  test('again with the same key and body gives the same answer', async () => {
    const { path, body } = await ask();
    const key = randomUUID();
    const first = await keyed(who(), path, body, key);
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    const after = await count();
    const again = await keyed(who(), path, Object.fromEntries(Object.entries(body).reverse()), key);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(await count()).toBe(after);
  });

  test('with the same key and another body is refused', async () => {
    const { path, body } = await ask();
    const key = randomUUID();
    await ok(keyed(who(), path, body, key), 201);
    const after = await count();
    const other = 'content' in body ? { content: 'Other' } : { ...body, callType: 'audio' };
    expectRefusal(await keyed(who(), path, other, key), 422, 'IDEMPOTENCY_MISMATCH', path);
    expect(await count()).toBe(after);
  });

  test('many at once with one key do it once', async () => {
    const { path, body } = await ask();
    const key = randomUUID();
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 10 }, () => keyed(who(), path, body, key)));
    expect(await count()).toBe(before + 1);
    const done = answers.filter(({ status }) => status === 201);
    expect(new Set(done.map(({ body: made }) => made.id)).size).toBe(1);
    for (const answer of answers) {
      if (answer.status !== 201) expectRefusal(answer, 409, 'IDEMPOTENCY_IN_FLIGHT', path);
    }
  });

  test('after a crash that swallowed the answer gives what was made', async () => {
    const { path, body } = await ask();
    const key = randomUUID();
    const first = await ok(keyed(who(), path, body, key), 201);
    const after = await count();
    await forgetAnswer(key);
    const retry = await keyed(who(), path, body, key);
    expect([200, 201]).toContain(retry.status);
    const same = (answer: Answer['body']) => ({
      id: answer.id,
      donorToken: answer.donorToken,
      call: answer.call?.id,
    });
    expect(same(retry.body)).toEqual(same(first));
    expect(await count()).toBe(after);
    const replayed = await keyed(who(), path, body, key);
    expect(replayed.headers.get('idempotent-replayed')).toBe('true');
    expect(replayed.body).toEqual(retry.body);
  });

  test('that was refused may be tried again with the key', async () => {
    const { path } = await ask();
    const key = randomUUID();
    expectRefusal(await keyed(who(), path, { nonsense: 1 }, key), 400, 'BAD_REQUEST', path);
    const { rows } = await desk.db.query(
      `SELECT 1 FROM idempotency_keys WHERE key = encode(sha256($1::bytea), 'hex')`,
      [key],
    );
    expect(rows).toEqual([]);
  });
});

test('a replayed ticket opens with the same donor token, which works', async () => {
  const body = { donorId: 'kim', donorEmail: 'kim@example.org', callType: 'audio' };
  const key = randomUUID();
  const first = await ok(keyed(desk.link, '/tickets', body, key), 201);
  await forgetAnswer(key);
  const retry = await ok(keyed(desk.link, '/tickets', body, key), 201);
  expect(retry).toEqual(first);
  const headers = { authorization: `Bearer ${retry.donorToken}` };
  expect(await desk.link.ask('GET', `/tickets/${first.id}`, undefined, headers)).toMatchObject({
    status: 200,
  });
  const { rows } = await desk.db.query(
    'SELECT count(*)::int AS n FROM donor_sessions s JOIN tickets t ON t.donor_session_id = s.id WHERE t.id = $1',
    [first.id],
  );
  expect(rows[0].n).toBe(1);
  expect((await rowsOf(desk.db, first.id))!.events).toHaveLength(3);
});

test('a retry after the ticket moved on gives the ticket as it is now', async () => {
  const body = { donorId: 'kim', donorEmail: 'kim@example.org', callType: 'audio' };
  const key = randomUUID();
  const { id } = await ok(keyed(desk.link, '/tickets', body, key), 201);
  await ok(desk.admin.put(`/tickets/${id}/resolve`));
  await forgetAnswer(key);
  const retry = await ok(keyed(desk.link, '/tickets', body, key), 201);
  expect(retry).toMatchObject({ id, status: 'resolved', call: null });
  expect(retry).not.toHaveProperty('callPending');
});

test('a key is its owner’s and its route’s alone', async () => {
  const { id, donor, donorId } = await createTicket(desk.server);
  const key = randomUUID();
  const path = `/tickets/${id}/messages`;
  const ids = new Set<string>();
  for (const who of [donor, desk.admin, desk.colleague]) {
    ids.add((await ok(keyed(who, path, { content: 'Mine' }, key), 201)).id);
  }
  ids.add((await ok(keyed(desk.link, path, { content: 'Mine', senderId: donorId }, key), 201)).id);
  ids.add((await ok(keyed(desk.admin, `/tickets/${id}/notes`, { content: 'Mine' }, key), 201)).id);
  expect(ids.size).toBe(5);
});

test.each(['short', 'x'.repeat(256), 'with blanks in it', 'ümlaut-in-it'])('%s is no key', async (key) => {
  const before = await tickets();
  const sent = Buffer.from(key, 'utf8').toString('latin1');
  const answer = await keyed(desk.link, '/tickets', { donorId: 'kim', donorEmail: 'kim@example.org' }, sent);
  expectRefusal(answer, 400, 'BAD_REQUEST', '/tickets');
  expect(answer.body.errors[0].location).toBe('Idempotency-Key');
  expect(await tickets()).toBe(before);
});

describe('a key that somebody else without a token uses, too,', () => {
  const body = { donorId: 'kim', donorEmail: 'kim@example.org', subject: 'Help' };
  const [ada, other] = [
    { 'x-forwarded-for': '203.0.113.1', 'user-agent': 'A' },
    { 'x-forwarded-for': '203.0.113.2', 'user-agent': 'A' },
  ];
  const neighbour = { ...ada, 'user-agent': 'B' };

  test('gives them a ticket of their own', async () => {
    const behindProxy = await openDesk({ trustedProxies: ['127.0.0.1'] });
    try {
      const key = 'create-ticket';
      const ask = (headers: Record<string, string>) =>
        ok(behindProxy.link.post('/tickets', body, { ...headers, 'idempotency-key': key }), 201);
      const first = await ask(ada);
      for (const stranger of [other, neighbour]) {
        const theirs = await ask(stranger);
        expect(theirs.id).not.toBe(first.id);
        expect(theirs.donorToken).not.toBe(first.donorToken);
        expect(await ask(stranger)).toEqual(theirs);
      }
      expect(await ask(ada)).toEqual(first);
    } finally {
      await behindProxy.close();
    }
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { IdempotencyStore } from '../../src/platform/http/idempotency/idempotency-store.js';
import { startApp, type TestApp } from '../support/app.js';
import { openPool } from '../support/database.js';
import { httpRequest } from '../support/http.js';

const TICKET = { donorId: 'donor-1', donorEmail: 'canary@example.org', donorName: 'Ada' };

let server: TestApp;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startApp();
  pool = openPool(server.database);
});
afterAll(async () => {
  await pool.end();
  await server.close();
});

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

async function create(key: string | undefined, ticket: object = TICKET): Promise<Answer> {
  const answer = await httpRequest(`${server.url}/api/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
    body: JSON.stringify(ticket),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
}

async function count(sql: string, values: unknown[] = []): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`, values);
  return rows[0]!.count;
}

/** As if the process had died before it kept the answer, so many seconds ago. */
async function forgetAnswer(key: string, seconds: number): Promise<void> {
  await pool.query(
    `UPDATE idempotency_keys SET status_code = NULL, response = NULL, claimed_at = now() - make_interval(secs => $2)
     WHERE key = encode(sha256($1::bytea), 'hex')`,
    [key, seconds],
  );
}

describe('Idempotency-Key', () => {
  test('the same request again gets the same answer and makes nothing', async () => {
    const key = randomUUID();
    const first = await create(key);
    const tickets = await count('tickets');
    const again = await create(key);
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await count('tickets')).toBe(tickets);
  });

  test('fields in another order are the same request', async () => {
    const key = randomUUID();
    const first = await create(key);
    const again = await create(key, Object.fromEntries(Object.entries(TICKET).reverse()));
    expect(again.body).toEqual(first.body);
  });

  test('another body under the same key is a 422', async () => {
    const key = randomUUID();
    await create(key);
    const other = await create(key, { ...TICKET, donorName: 'Grace' });
    expect([other.status, other.body['error']]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
  });

  test('twenty at once make one ticket', async () => {
    const key = randomUUID();
    const before = await count('tickets');
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(key)));
    const made = answers.filter(({ status }) => status === 201);
    const waiting = answers.filter(({ status }) => status === 409);
    expect(made.length + waiting.length).toBe(20);
    expect(new Set(made.map(({ body }) => body['id'])).size).toBe(1);
    for (const { body, headers } of waiting) {
      expect(body['error']).toBe('IDEMPOTENCY_IN_FLIGHT');
      expect(headers.get('retry-after')).toBe('1');
    }
    expect(await count('tickets')).toBe(before + 1);
  });

  test('a retry after a crash meets the ticket of the first try', async () => {
    const key = randomUUID();
    const first = await create(key);
    await forgetAnswer(key, 2);
    expect((await create(key)).body['error']).toBe('IDEMPOTENCY_IN_FLIGHT');
    await forgetAnswer(key, 6);
    const before = await count('tickets');
    const retried = await create(key);
    expect([retried.status, retried.body['id']]).toEqual([201, first.body['id']]);
    expect(await count('tickets')).toBe(before);
    expect((await create(key)).headers.get('idempotent-replayed')).toBe('true');
  });

  test('a refused request leaves its key free', async () => {
    const key = randomUUID();
    const refused = await create(key, { ...TICKET, donorEmail: 'nobody' });
    expect(refused.status).toBe(400);
    expect((await create(key)).status).toBe(201);
  });

  test.each(['short', 'with space in it', 'x'.repeat(256), ''])('%j is no key', async (key) => {
    const { status, body } = await create(key);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ location: 'Idempotency-Key' }] });
  });

  test('without the header nothing is stored and every request counts', async () => {
    const [keys, tickets] = [await count('idempotency_keys'), await count('tickets')];
    await Promise.all([create(undefined), create(undefined)]);
    expect(await count('idempotency_keys')).toBe(keys);
    expect(await count('tickets')).toBe(tickets + 2);
  });

  test('belongs to its caller', async () => {
    const key = randomUUID();
    const { body } = await create(key);
    const post = (token: string | undefined) =>
      httpRequest(`${server.url}/api/v1/tickets/${String(body['id'])}/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ senderId: TICKET.donorId, senderType: 'donor', content: 'Hello' }),
      });
    const asDonor = await post(String(body['donorToken']));
    const byLink = await post(undefined);
    expect([asDonor.status, byLink.status]).toEqual([201, 201]);
    expect(byLink.headers.get('idempotent-replayed')).toBeNull();
  });

  test('answers are stored encrypted', async () => {
    const key = randomUUID();
    const { body } = await create(key);
    const { rows } = await pool.query<{ response: Buffer }>(
      `SELECT response FROM idempotency_keys WHERE key = encode(sha256($1::bytea), 'hex')`,
      [key],
    );
    const stored = rows[0]!.response.toString('latin1');
    expect(stored).not.toContain(TICKET.donorEmail);
    expect(stored).not.toContain(String(body['donorToken']));
  });

  test('is forgotten after a day', async () => {
    const [old, young] = [randomUUID(), randomUUID()];
    await create(old);
    await create(young);
    await pool.query(
      `UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = encode(sha256($1::bytea), 'hex')`,
      [old],
    );
    expect(await server.app.get(IdempotencyStore).expire()).toBe(1);
    expect(await count(`idempotency_keys WHERE key = encode(sha256($1::bytea), 'hex')`, [old])).toBe(0);
    expect(await count(`idempotency_keys WHERE key = encode(sha256($1::bytea), 'hex')`, [young])).toBe(1);
  });
});

import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { io } from 'socket.io-client';
import { createTestDatabase, openPool, type TestDatabase } from '../support/database.js';
import { httpRequest } from '../support/http.js';
import { startProduct, type ProductProcess } from '../support/product-process.js';

// Each test starts the product, some of them twice.
jest.setTimeout(120_000);

let database: TestDatabase;
let folder: string;
let running: ProductProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'concierge-process-'));
  running = [];
});
afterEach(async () => {
  for (const { child, exited } of running) {
    child.kill('SIGKILL');
    await exited;
  }
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function start(env: Record<string, string> = {}): Promise<ProductProcess> {
  const product = await startProduct({ DATABASE_URL: database.url, DATA_DIR: folder, ...env });
  running.push(product);
  return product;
}

/** Holds every write to tickets until the returned function is called. */
async function holdTickets(): Promise<() => Promise<void>> {
  const pool = openPool(database);
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE tickets IN ACCESS EXCLUSIVE MODE');
  return async () => {
    await client.query('ROLLBACK');
    client.release();
    await pool.end();
  };
}

async function untilHeld(): Promise<void> {
  const pool = openPool(database);
  for (;;) {
    const { rows } = await pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    if (rows.length > 0) break;
    await sleep(20);
  }
  await pool.end();
}

function createTicket(url: string): Promise<Response> {
  return httpRequest(`${url}/api/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ donorId: 'd', donorEmail: 'd@example.org' }),
  });
}

const PARTS = ['superadmin     ', '/api/docs', '/health', 'DAILY_API_KEY', 'REDIS_URL'];

test('the first start shows addresses, passwords and what is not configured; the second keeps the passwords to itself', async () => {
  const first = await start();
  await first.ready();
  // The banner may come after the answer that it is ready.
  while (!PARTS.every((part) => first.output().includes(part))) await sleep(20);
  const shown = /superadmin {5}(\S+)/.exec(first.output())?.[1] ?? '';
  expect(shown.length).toBeGreaterThan(15);
  const login = await httpRequest(`${first.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'superadmin', password: shown }),
  });
  expect(login.status).toBe(200);
  first.child.kill('SIGTERM');
  expect(await first.exited).toBe(0);

  const second = await start();
  await second.ready();
  second.child.kill('SIGTERM');
  expect(await second.exited).toBe(0);
  expect(second.output()).not.toMatch(/superadmin|Sign in/);
});

test('SIGTERM lets open requests finish, refuses new ones, and exits 0', async () => {
  const product = await start();
  await product.ready();
  const letGo = await holdTickets();
  const open = createTicket(product.url);
  await untilHeld();
  product.child.kill('SIGTERM');
  while (!product.output().includes('Got SIGTERM')) await sleep(20);
  await expect(httpRequest(`${product.url}/health/ping`)).rejects.toThrow();
  await letGo();
  const answer = await open;
  expect([answer.status, answer.headers.get('connection')]).toEqual([201, 'close']);
  expect(await product.exited).toBe(0);
});

test('SIGTERM closes open sockets and still exits 0', async () => {
  const product = await start();
  await product.ready();
  const socket = io(product.url, { transports: ['websocket'], reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const closed = new Promise<string>((resolve) => socket.once('disconnect', resolve));
  product.child.kill('SIGTERM');
  await closed;
  expect(await product.exited).toBe(0);
});

test('a signal that comes twice, as from a service manager and from npm, is one signal', async () => {
  const product = await start();
  await product.ready();
  const letGo = await holdTickets();
  const open = createTicket(product.url);
  await untilHeld();
  product.child.kill('SIGTERM');
  product.child.kill('SIGINT');
  while (!product.output().includes('finishing what is under way')) await sleep(20);
  product.child.kill('SIGTERM');
  await letGo();
  expect((await open).status).toBe(201);
  expect(await product.exited).toBe(0);
  expect(product.output()).not.toContain('leaving at once');
});

test('a taken port is told in a sentence, and the passwords of the first start are not used up', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, resolve));
  const { port } = taken.address() as AddressInfo;
  const product = await start({ PORT: String(port) });
  expect(await product.exited).toBe(1);
  expect(product.output()).toBe(
    `Port ${port} is taken. Stop the other program or start with PORT=${port + 1} npm start\n`,
  );
  taken.close();
  const pool = openPool(database);
  expect((await pool.query('SELECT 1 FROM users')).rowCount).toBe(0);
  await pool.end();
});

test('faulty settings are told all at once, without a stack', async () => {
  const product = await start({ NODE_ENV: 'production', LIMIT_READS: 'many', JWT_SECRET: 'short' });
  expect(await product.exited).toBe(1);
  for (const name of ['LIMIT_READS', 'JWT_SECRET', 'ENCRYPTION_KEY', 'PUBLIC_URL']) {
    expect(product.output()).toContain(`  - ${name}`);
  }
  expect(product.output()).not.toMatch(/ {4}at |file:/);
});

test('a database that refuses us is told in a sentence without its password', async () => {
  const wrong = new URL(database.url);
  wrong.password = 'canary-8842';
  const product = await start({ DATABASE_URL: wrong.href });
  expect(await product.exited).toBe(1);
  expect(product.output()).toMatch(/^Concierge cannot start: .*password authentication failed/);
  expect(product.output()).not.toContain('canary-8842');
});

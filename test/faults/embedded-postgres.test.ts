import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findPostmaster, isAlive } from '../../src/platform/embedded-postgres/postgres-pid-file.js';

interface Started {
  url: string;
  pid: number;
  messages: string[];
  error?: string;
}

describe('the embedded database', () => {
  let dataDir: string;
  const apps: ChildProcess[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'embedded-'));
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) app.kill('SIGKILL');
    const left = await findPostmaster(path.join(dataDir, 'postgres'));
    if (left) process.kill(left.pid, 'SIGKILL');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  /** Starts an application of its own process on the data directory; resolves when its database is ready, or refused. */
  async function start(): Promise<Started & { app: ChildProcess }> {
    const app = spawn(process.execPath, ['test/support/embedded-app.mjs', dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    apps.push(app);
    const [line] = (await once(createInterface({ input: app.stdout }), 'line')) as [string];
    return { ...(JSON.parse(line) as Started), app };
  }

  async function end(app: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    const exit = once(app, 'exit');
    app.kill(signal);
    await exit;
  }

  async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it('is durable, reachable from this machine alone, and used without superuser rights', async () => {
    const { url, app } = await start();
    const settings = await query(
      url,
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes',
       'listen_addresses', 'server_encoding', 'password_encryption') ORDER BY name`,
    );
    expect(settings.map(({ name, setting }) => `${String(name)}=${String(setting)}`)).toEqual([
      'fsync=on',
      'full_page_writes=on',
      'listen_addresses=127.0.0.1',
      'password_encryption=scram-sha-256',
      'server_encoding=UTF8',
      'synchronous_commit=on',
    ]);
    await expect(query(url, "SELECT pg_read_file('/etc/passwd')")).rejects.toThrow('permission denied');
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    expect((await stat(path.join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);
    await end(app, 'SIGTERM');
  });

  it('finds words and letter case in every script', async () => {
    const { url, app } = await start();
    const [row] = await query(
      url,
      `SELECT to_tsvector('simple', '“Grüße” — Привет!') @@ to_tsquery('simple', 'GRÜSSE | grüße') AS german,
              to_tsvector('simple', '“Grüße” — Привет!') @@ to_tsquery('simple', 'привет') AS russian, 'Ä' ILIKE 'ä' AS fold`,
    );
    expect(row).toEqual({ german: true, russian: true, fold: true });
    await end(app, 'SIGTERM');
  });

  it('stops with the application and keeps its address and its data', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await end(first.app, 'SIGTERM');
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await end(second.app, 'SIGTERM');
  });

  it('is adopted by the next start after kill -9 of the application', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await end(first.app, 'SIGKILL');
    expect(isAlive(first.pid)).toBe(true);
    const second = await start();
    expect(second.pid).toBe(first.pid);
    expect(second.messages.join()).toContain('left running by the last start');
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await end(second.app, 'SIGTERM');
    expect(isAlive(first.pid)).toBe(false);
  });

  it('comes back after kill -9 of the application and of PostgreSQL together', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await end(first.app, 'SIGKILL');
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await end(second.app, 'SIGTERM');
  });

  it.each(['started', 'adopted'])('is started again when a PostgreSQL that was %s dies', async (how) => {
    let current = await start();
    if (how === 'adopted') {
      await end(current.app, 'SIGKILL');
      current = await start();
    }
    await query(current.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(current.pid, 'SIGKILL');
    let answer: unknown;
    while (answer === undefined) {
      answer = await query(current.url, 'SELECT answer FROM kept').catch(() => sleep(50));
    }
    expect(answer).toEqual([{ answer: 42 }]);
    await end(current.app, 'SIGTERM');
    expect(await findPostmaster(path.join(dataDir, 'postgres'))).toBeUndefined();
  });

  it('refuses a second application on the same data, and survives it', async () => {
    const first = await start();
    const second = await start();
    expect(second.error).toBe(
      `Concierge already runs on ${dataDir} (process ${first.app.pid}). Stop it first, or set another DATA_DIR.`,
    );
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await end(first.app, 'SIGTERM');
  });

  it('starts although another process carries the pid of a stale pid file', async () => {
    const first = await start();
    await end(first.app, 'SIGTERM');
    const [, ...rest] = ['', dataDir, '1', '5432', '', '127.0.0.1', '', 'ready   '];
    await writeFile(path.join(dataDir, 'postgres', 'postmaster.pid'), [process.pid, ...rest].join('\n'));
    const second = await start();
    expect(second.error).toBeUndefined();
    await end(second.app, 'SIGTERM');
  });

  it('throws away a data directory that a crash left half-made', async () => {
    const { app } = await start();
    await end(app, 'SIGTERM');
    await rm(path.join(dataDir, 'postgres'), { recursive: true });
    await writeFile(path.join(dataDir, 'postgres.new'), 'half-made');
    const second = await start();
    expect(second.error).toBeUndefined();
    await end(second.app, 'SIGTERM');
  });

  it('moves to another port when somebody else has taken its own', async () => {
    const first = await start();
    await end(first.app, 'SIGTERM');
    const port = Number(await readFile(path.join(dataDir, 'postgres.port'), 'utf8'));
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await start();
    squatter.close();
    expect(second.messages.join()).toContain(`Port ${port} is taken`);
    expect(new URL(second.url).port).not.toBe(String(port));
    await end(second.app, 'SIGTERM');
  });
});

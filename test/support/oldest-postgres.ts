import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';
import { findRunAs } from '../../src/platform/embedded-postgres/postgres-binaries.js';
import { createDatabaseOn, type TestDatabase } from './database.js';
import { describeWith } from './needs.js';
import { CREATE_ROLE, createRunDirectory, PASSWORD, removeRunDirectory } from './postgres.js';

const run = promisify(execFile);

/** The oldest PostgreSQL that Concierge supports, as Debian installs it. */
export const OLDEST = 15;
/** Its programs: the server, and the tools that operators type. */
export const OLDEST_BINARIES = `/usr/lib/postgresql/${OLDEST}/bin`;
/** Whether this machine has them. */
export const HAS_OLDEST = existsSync(path.join(OLDEST_BINARIES, 'postgres'));

export const describeWithOldest = describeWith(HAS_OLDEST, `postgresql-${OLDEST}`);

/** A server of the oldest supported version, which belongs to one test file. */
export interface OldestPostgres {
  port: number;
  /** The superuser's address of a database. */
  adminUrl(database?: string): string;
  /** An empty database of the application's role. */
  createDatabase(): Promise<TestDatabase>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '60',
  timezone: 'UTC',
};

/** Where `prepare` may put files, such as certificates, before the server starts. */
export interface OldestOptions {
  settings?: Record<string, string>;
  prepare?: (data: string) => Promise<void>;
}

/** Starts one. Call `remove()` in afterAll; a forgotten one goes with the run. */
export async function startOldestPostgres(options: OldestOptions = {}): Promise<OldestPostgres> {
  const shared = process.env['TEST_RUN_DIRECTORY'];
  const directory = shared ?? (await createRunDirectory());
  const { data, account } = await initialise(directory);
  await options.prepare?.(data);
  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, ...options.settings });
  const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(path.join(OLDEST_BINARIES, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
    ...account,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' },
    stdio: 'ignore',
  });
  const adminUrl = (database = 'postgres') =>
    `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  await untilReady(adminUrl());
  return {
    port,
    adminUrl,
    createDatabase: () => createDatabaseOn(adminUrl(), 'TEMPLATE template0'),
    remove: () => remove(child, shared === undefined ? directory : path.dirname(data), shared === undefined),
  };
}

async function remove(child: ChildProcess, directory: string, isOwnRun: boolean): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGQUIT');
  await exit;
  if (isOwnRun) await removeRunDirectory(directory);
  else await rm(directory, { recursive: true, force: true });
}

/** Passwords of the application's role count, so that addresses are as in production; the superuser needs none. */
async function initialise(directory: string): Promise<{ data: string; account: object }> {
  const home = path.join(directory, randomBytes(4).toString('hex'));
  const data = path.join(home, 'data');
  await mkdir(home, { mode: 0o711 });
  await mkdir(data, { mode: 0o700 });
  const { account } = await findRunAs([], () => undefined);
  if (account) await chown(data, account.uid, account.gid);
  const flags = ['-D', data, '-U', 'postgres', '--locale=C.UTF-8', '--encoding=UTF8', '--no-sync'];
  await run(path.join(OLDEST_BINARIES, 'initdb'), [...flags, '--auth=trust'], { ...account });
  const rules = ['host all postgres 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 scram-sha-256'];
  await writeFile(path.join(data, 'pg_hba.conf'), `${rules.join('\n')}\n`);
  return { data, account: { ...account } };
}

async function untilReady(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.query(CREATE_ROLE);
      return;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code !== '57P03') throw error;
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

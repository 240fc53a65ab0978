import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';
import { findRunAs } from '../../src/platform/embedded-postgres/postgres-binaries.js';
import { describeWith } from './needs.js';
import { PASSWORD, ROLE } from './postgres.js';

const PROGRAM = '/usr/sbin/pgbouncer';
export const describeWithPgBouncer = describeWith(existsSync(PROGRAM), 'pgbouncer');

/** A PgBouncer in transaction mode, as a distribution ships it: it refuses startup parameters that it does not know. */
export interface PgBouncer {
  /** The same database through it. */
  through(databaseUrl: string): string;
  /** Makes it open new connections to the server. */
  reconnect(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one in front of the server at `serverPort`, with fewer connections than its clients have. */
export async function startPgBouncer(serverPort: number, settings: string[] = []): Promise<PgBouncer> {
  const folder = await mkdtemp(path.join(process.env['TEST_RUN_DIRECTORY'] ?? tmpdir(), 'pgbouncer-'));
  // PgBouncer runs as another account when we are root.
  await chmod(folder, 0o711);
  const port = await freePort();
  await writeFile(path.join(folder, 'users'), `"${ROLE}" "${PASSWORD}"\n`, { mode: 0o644 });
  const lines = [
    '[databases]',
    `* = host=127.0.0.1 port=${serverPort}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${path.join(folder, 'users')}`,
    `admin_users = ${ROLE}`,
    'pool_mode = transaction',
    'default_pool_size = 2',
    'max_client_conn = 100',
    ...settings,
  ];
  const file = path.join(folder, 'pgbouncer.ini');
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o644 });
  // It refuses root, as PostgreSQL does.
  const { account } = await findRunAs([], () => undefined);
  const child = spawn(PROGRAM, ['-q', file], { ...account, cwd: '/', stdio: 'ignore' });
  const address = (database: string) => `postgresql://${ROLE}:${PASSWORD}@127.0.0.1:${port}/${database}`;
  await untilAnswering(address('pgbouncer'), child);
  return {
    through: (databaseUrl) => address(new URL(databaseUrl).pathname.slice(1)),
    reconnect: () => command(address('pgbouncer'), 'RECONNECT'),
    stop: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function command(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answers = await command(url, 'SHOW VERSION').then(
      () => true,
      () => false,
    );
    if (answers) return;
    await sleep(50);
  }
  throw new Error(`PgBouncer ended with ${child.exitCode}.`);
}

import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findPostmaster, isAlive } from '../../src/platform/embedded-postgres/postgres-pid-file.js';
import { PostgresCluster } from '../../src/platform/embedded-postgres/postgres-cluster.js';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';

const PREFIX = 'concierge-test-';
export const PASSWORD = 'concierge-test';
export const ROLE = 'concierge';
/** The migrated database that every test database is copied from. */
export const TEMPLATE = 'concierge_template';
const OWNER_FILE = 'owner';

const COMMON = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', jit: 'off' };
/** Nothing of a test run has to survive a power cut. */
export const FAST = {
  ...COMMON,
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
  autovacuum: 'off',
};
/** As in production: what was committed survives `kill -9`. */
export const DURABLE = {
  ...COMMON,
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '100',
  shared_buffers: '32MB',
};

/** A folder for this run's databases, marked with our process id so that a later run can clear it if we are killed. */
export async function createRunDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), PREFIX));
  await writeFile(path.join(directory, OWNER_FILE), String(process.pid));
  // When the tests run as root, PostgreSQL's own account has to pass.
  await chmod(directory, 0o711);
  return directory;
}

/** Kills the servers of a run and deletes their data. */
export async function removeRunDirectory(directory: string): Promise<void> {
  for (const entry of await readdir(directory).catch(() => [])) {
    // `data` is a server of the tests, `postgres` one that a product brought along.
    for (const name of ['data', 'postgres']) {
      const postmaster = await findPostmaster(path.join(directory, entry, name));
      if (postmaster) process.kill(postmaster.pid, 'SIGKILL');
    }
  }
  await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** Clears what killed runs left behind. */
export async function removeStaleRuns(): Promise<void> {
  for (const entry of await readdir(os.tmpdir())) {
    if (!entry.startsWith(PREFIX)) continue;
    const directory = path.join(os.tmpdir(), entry);
    const owner = Number(await readFile(path.join(directory, OWNER_FILE), 'utf8').catch(() => '0'));
    if (!owner || isAlive(owner)) continue;
    await removeRunDirectory(directory);
  }
}

/** Creates and starts a PostgreSQL server below a run directory, with the application's role. */
export async function createCluster(
  runDirectory: string,
  settings: Record<string, string>,
): Promise<PostgresCluster> {
  const home = path.join(runDirectory, randomBytes(4).toString('hex'));
  await mkdir(home, { mode: 0o711 });
  const cluster = new PostgresCluster({
    directory: path.join(home, 'data'),
    logFile: path.join(home, 'postgres.log'),
    password: PASSWORD,
    settings,
    log: () => undefined,
  });
  await cluster.initialise(['--no-sync']);
  await cluster.start(await freePort());
  return cluster;
}

/** The same server and database, as the application's role, which is no superuser. */
export function asRole(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.username = ROLE;
  url.pathname = `/${database}`;
  return url.href;
}

/** The statement that creates the application's role on a new server. */
export const CREATE_ROLE = `CREATE ROLE ${ROLE} LOGIN PASSWORD '${PASSWORD}'`;

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../src/platform/database/migrate.js';
import {
  asRole,
  CREATE_ROLE,
  createCluster,
  createRunDirectory,
  DURABLE,
  removeRunDirectory,
  ROLE,
  TEMPLATE,
} from './postgres.js';

/** A migrated, empty database of a test's own; `url` is the application's role, `adminUrl` the superuser. */
export interface TestDatabase {
  url: string;
  adminUrl: string;
  drop(): Promise<void>;
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function sharedServer(): string {
  const url = process.env['TEST_DATABASE_ADMIN_URL'];
  if (!url)
    throw new Error('No test database server: this Jest project lacks test/support/global-setup.mjs.');
  return url;
}

/** A database on a server of the superuser's address; `from` names its template. */
export async function createDatabaseOn(server: string, from: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(server, (client) => client.query(`CREATE DATABASE ${name} OWNER ${ROLE} ${from}`));
  const admin = new URL(server);
  admin.pathname = `/${name}`;
  return {
    url: asRole(server, name),
    adminUrl: admin.href,
    drop: async () => {
      await withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Copies the migrated template on the run's shared server. Safe from any number of workers at once. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabaseOn(sharedServer(), `TEMPLATE ${TEMPLATE}`);
}

/** A database without any table, for tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabaseOn(sharedServer(), 'TEMPLATE template0');
}

/** A small pool on a test database, for looking at rows from outside the application. */
export function openPool(database: Pick<TestDatabase, 'url'>): pg.Pool {
  const pool = new pg.Pool({ connectionString: database.url, max: 4, options: '-c timezone=UTC' });
  // Fault tests kill the server under idle connections; the next query reports it.
  pool.on('error', () => undefined);
  return pool;
}

/** A durable server that belongs to one test, which may kill it. */
export interface PrivatePostgres {
  readonly pid: number;
  readonly port: number;
  /** A fresh, migrated database on it. */
  createDatabase(): Promise<TestDatabase>;
  /** `kill -9` of the postmaster; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts again on the same port, with crash recovery where needed; resolves when it answers. */
  start(): Promise<void>;
  /** A clean stop, as an operator's restart does it. */
  stop(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

/** Starts a private, durable PostgreSQL for a fault test. Call `remove()` in afterAll; a forgotten one goes with the run. */
export async function startPostgres(): Promise<PrivatePostgres> {
  const shared = process.env['TEST_RUN_DIRECTORY'];
  const directory = shared ?? (await createRunDirectory());
  const cluster = await createCluster(directory, DURABLE);
  await withClient(cluster.adminUrl(), (client) => client.query(CREATE_ROLE));
  return {
    get pid() {
      return cluster.pid;
    },
    port: cluster.port,
    createDatabase: async () => {
      const database = await createDatabaseOn(cluster.adminUrl(), 'TEMPLATE template0');
      await migrate(database.url, () => undefined);
      return database;
    },
    kill: () => cluster.kill(),
    start: async () => {
      await cluster.start(cluster.port);
    },
    stop: () => cluster.stop(),
    remove: async () => {
      await cluster.kill();
      if (!shared) await removeRunDirectory(directory);
    },
  };
}

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { processOwner } from './data-ownership.js';
import { freePort } from './free-port.js';
import { InstanceLock } from './instance-lock.js';
import { PostgresCluster } from './postgres-cluster.js';

const DATABASE = 'concierge';
const ROLE = 'concierge';
const MAX_BACKOFF_MS = 10_000;

/** Durable, and small enough for a machine with 512 MB; parallel workers would need /dev/shm, which containers cap. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '60',
  shared_buffers: '64MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  autovacuum_max_workers: '2',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

async function readOrCreate(file: string, create: () => string | Promise<string>): Promise<string> {
  const known = (await readIfThere(file)).trim();
  if (known) return known;
  const value = await create();
  await writeFile(file, `${value}\n`, { mode: 0o600 });
  return value;
}

/** Empty when the file does not exist; one that may not be read is the operator's to mend, not ours to replace. */
async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    const owner = processOwner();
    const chown = owner === undefined ? '' : `: sudo chown ${owner.uid}:${owner.gid} ${file}`;
    throw new Error(`${file} cannot be read (${code}). Give it to the user that runs Concierge${chown}`, {
      cause: error,
    });
  }
}

/** Where the data lives and where one-line progress messages go. */
export interface EmbeddedPostgresOptions {
  dataDir: string;
  log: (message: string) => void;
}

/**
 * The database that comes with the product: real PostgreSQL in `<dataDir>/postgres`, on 127.0.0.1 only. It adopts a server that a
 * killed application left behind, and starts the server again when that dies.
 */
export class EmbeddedPostgres {
  readonly #options: EmbeddedPostgresOptions;
  readonly #lock: InstanceLock;
  #cluster: PostgresCluster | undefined;
  #password = '';
  #stopping = false;
  #supervision: Promise<void> | undefined;
  readonly #onExit = () => {
    this.#cluster?.requestStop();
    this.#lock.release();
  };

  constructor(options: EmbeddedPostgresOptions) {
    this.#options = { ...options, dataDir: path.resolve(options.dataDir) };
    this.#lock = new InstanceLock(this.#options.dataDir);
  }

  /** The connection string of the application's own role, which owns the database and is no superuser. */
  get url(): string {
    return `postgresql://${ROLE}:${this.#password}@127.0.0.1:${this.#cluster?.port ?? 0}/${DATABASE}`;
  }

  /** The postmaster's process id, for tests and diagnostics. */
  get pid(): number {
    return this.#cluster?.pid ?? 0;
  }

  /** Starts or adopts the server and returns the application's connection string. */
  async start(): Promise<string> {
    await mkdir(this.#options.dataDir, { recursive: true });
    await this.#lock.acquire();
    process.once('exit', this.#onExit);
    try {
      const cluster = await this.#createCluster();
      this.#cluster = cluster;
      await this.#startCluster(cluster);
      await this.#ensureDatabase(cluster);
      this.#supervision = this.#supervise(cluster);
    } catch (error) {
      await this.stop();
      throw error;
    }
    return this.url;
  }

  async #createCluster(): Promise<PostgresCluster> {
    const { dataDir, log } = this.#options;
    const directory = path.join(dataDir, 'postgres');
    const passwordFile = path.join(dataDir, 'postgres.password');
    if (existsSync(path.join(directory, 'PG_VERSION')) && !existsSync(passwordFile)) {
      throw new Error(`${passwordFile} is missing: restore it from the backup that holds ${directory}.`);
    }
    this.#password = await readOrCreate(passwordFile, () => randomBytes(24).toString('hex'));
    const logFile = path.join(dataDir, 'postgres.log');
    const cluster = new PostgresCluster({
      directory,
      logFile,
      password: this.#password,
      settings: SETTINGS,
      log,
    });
    await cluster.initialise();
    return cluster;
  }

  /** Keeps the port of the last run, so that saved connections stay good; takes another when somebody else has it. */
  async #startCluster(cluster: PostgresCluster): Promise<void> {
    const portFile = path.join(this.#options.dataDir, 'postgres.port');
    const port = Number(await readOrCreate(portFile, async () => String(await freePort())));
    this.#options.log('Starting the database …');
    try {
      await this.#report(cluster, port);
    } catch (error) {
      if (!(error as Error).message.includes('could not create any TCP/IP sockets')) throw error;
      const other = await freePort();
      this.#options.log(`Port ${port} is taken; the database moves to ${other}.`);
      await writeFile(portFile, `${other}\n`, { mode: 0o600 });
      await this.#report(cluster, other);
    }
  }

  async #report(cluster: PostgresCluster, port: number): Promise<void> {
    const how = await cluster.start(port);
    const note = how === 'adopted' ? ', left running by the last start' : '';
    this.#options.log(`The database is ready (PostgreSQL on 127.0.0.1:${cluster.port}${note}).`);
  }

  async #ensureDatabase(cluster: PostgresCluster): Promise<void> {
    const client = new pg.Client({ connectionString: cluster.adminUrl() });
    await client.connect();
    try {
      const roles = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE]);
      if (roles.rowCount === 0) await client.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${this.#password}'`);
      const databases = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
      if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`);
    } finally {
      await client.end();
    }
  }

  async #supervise(cluster: PostgresCluster): Promise<void> {
    for (;;) {
      await cluster.exited();
      if (this.#stopping) return;
      this.#options.log('The database stopped unexpectedly; starting it again …');
      await this.#restart(cluster);
    }
  }

  /** Tries until it works: the last server's children may still hold its memory, the disk may be full for a while. */
  async #restart(cluster: PostgresCluster): Promise<void> {
    for (let wait = 100; !this.#stopping; wait = Math.min(wait * 2, MAX_BACKOFF_MS)) {
      try {
        await this.#report(cluster, cluster.port);
        return;
      } catch (error) {
        this.#options.log(`The database does not start yet: ${(error as Error).message}`);
        await sleep(wait);
      }
    }
  }

  /** Stops the server cleanly and gives the data directory free. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopping = true;
    process.removeListener('exit', this.#onExit);
    await this.#cluster?.stop();
    await this.#supervision;
    // A restart that was under way may have brought the server back in the meantime.
    await this.#cluster?.stop();
    this.#lock.release();
  }
}

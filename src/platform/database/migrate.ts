import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { isDatabaseUnavailable, isLockTimeout, isSerializationOrDeadlock } from './database.errors.js';
import { connectWhenReady } from './wait-for-database.js';

/** Prisma's own advisory lock, so that `prisma migrate deploy` and this never run at the same time. */
const LOCK_ID = 72707369;
/** How often to ask for it: a session that waits inside a statement holds back CREATE INDEX CONCURRENTLY of the one that has it. */
const POLL_MS = 250;
/**
 * Requests queue behind a statement that waits for a table. It gives up soon, lets them pass, and tries again: sooner than PostgreSQL
 * looks for a deadlock (deadlock_timeout, 1 s), so that it is never a request that a deadlock ends.
 */
const LOCK_TIMEOUT = '500ms';
/** Of an index that is built beside the writers: it waits for the transactions of the moment and holds nobody up. */
const INDEX_LOCK_TIMEOUT = '60s';
const LOCK_ATTEMPTS = 60;
const LOCK_PAUSE_MS = 500;
/** The line before each step of a script that is no single transaction. */
const STEP = /^-- step\b.*$/m;

const CREATE_TABLE = `CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  name: string;
  script: string;
}

interface Applied {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  logs: string | null;
}

/** `directory`: the migrations folder; `waitMs`: how long to wait for a database that does not answer yet. */
export interface MigrateOptions {
  directory?: string;
  waitMs?: number;
}

/** The database cannot be brought to this version; the message says why and what to do. */
class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** `prisma/migrations` of this package, seen from `src` as well as from a build folder. */
function findDirectory(): string {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'prisma', 'migrations');
    if (existsSync(candidate)) return candidate;
  }
  throw new MigrationError('The folder prisma/migrations is missing from this installation.');
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string) => ({
    name,
    script: await readFile(path.join(directory, name, 'migration.sql'), 'utf8'),
  });
  return Promise.all(names.sort().map(read));
}

function checksum(script: string): string {
  return createHash('sha256').update(script).digest('hex');
}

/** Like Prisma, takes a script for unchanged when a checkout has only turned its line ends. */
function matches(script: string, expected: string): boolean {
  const unix = script.replaceAll('\r\n', '\n');
  return [script, unix, unix.replaceAll('\n', '\r\n')].some((text) => checksum(text) === expected);
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<{ known: boolean; tables: number }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known,
            (SELECT count(*)::int FROM pg_tables WHERE schemaname = current_schema()) AS tables`,
  );
  const [state] = rows;
  if (!state?.known) {
    if (state && state.tables > 0) {
      throw new MigrationError(
        'The database holds tables of something else. Give Concierge an empty database of its own (DATABASE_URL).',
      );
    }
    await client.query(CREATE_TABLE);
    return [];
  }
  const applied = await client.query<Applied>(
    `SELECT migration_name, checksum, finished_at, logs FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return applied.rows;
}

function check(migrations: Migration[], applied: Applied[]): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const name = row.migration_name;
    if (!row.finished_at) {
      throw new MigrationError(
        `The migration ${name} failed earlier: ${row.logs ?? 'it was interrupted'}\n` +
          'Repair the cause, then run: node scripts/prisma.mjs migrate resolve --rolled-back ' +
          name,
      );
    }
    const migration = byName.get(name);
    if (!migration) {
      throw new MigrationError(
        `The database was used by a newer version of Concierge (it knows the migration ${name}). ` +
          'Start that version, or restore an older backup.',
      );
    }
    if (!matches(migration.script, row.checksum)) {
      throw new MigrationError(
        `The migration ${name} was changed after it had been applied. Restore its file and add a new migration instead.`,
      );
    }
  }
}

/** What a hosted PostgreSQL may refuse, and who can help. */
function withAdvice(reason: string): string {
  const [, extension] = /(?:permission denied to create extension|extension) "([^"]+)"/.exec(reason) ?? [];
  return extension === undefined
    ? reason
    : `${reason}. Ask the administrator of this PostgreSQL to install it (it is part of its contrib package) and to run, ` +
        `in this database: CREATE EXTENSION "${extension}";`;
}

/**
 * Runs a script and its record. One simple query is one transaction: both are there together, or neither after a crash. A script
 * with `-- step` lines runs step by step, each committed by itself and fine to run again, and is recorded after the last.
 */
async function execute(client: pg.Client, script: string, record: string): Promise<void> {
  const [head = '', ...steps] = script.split(STEP);
  await client.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
  if (steps.length === 0) {
    await client.query(`${head}\n;${record}`);
    return;
  }
  for (const step of [...steps, record]) {
    // Whatever the script says: a batch locks many rows, which requests want too.
    const timeout = /\bCONCURRENTLY\b/.test(step) ? INDEX_LOCK_TIMEOUT : LOCK_TIMEOUT;
    await client.query(`SET lock_timeout = '${timeout}'`);
    await client.query(step);
  }
}

/** The same, again after a pause while others hold what it needs. */
async function executeWhenFree(client: pg.Client, script: string, record: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await execute(client, script, record);
      return;
    } catch (error) {
      const isBusy = isLockTimeout(error) || isSerializationOrDeadlock(error);
      if (!isBusy || attempt === LOCK_ATTEMPTS) throw error;
      await sleep(LOCK_PAUSE_MS);
    }
  }
}

async function apply(client: pg.Client, { name, script }: Migration): Promise<void> {
  const row = [randomUUID(), checksum(script), name];
  const [id, sum, quotedName] = row.map((value) => client.escapeLiteral(value));
  const record = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES (${id}, ${sum}, ${quotedName}, now(), 1)`;
  try {
    await executeWhenFree(client, script, record);
  } catch (cause) {
    if (isDatabaseUnavailable(cause)) throw cause;
    const reason = withAdvice(cause instanceof Error ? cause.message : String(cause));
    await client.query(
      'INSERT INTO _prisma_migrations (id, checksum, migration_name, logs) VALUES ($1, $2, $3, $4)',
      [...row, reason],
    );
    throw new MigrationError(`The migration ${name} failed: ${reason}`, { cause });
  }
}

/** Waits until no other process migrates this database. */
async function lock(client: pg.Client, log: (message: string) => void): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      LOCK_ID,
    ]);
    if (rows[0]?.taken) return;
    if (isFirst) log('Waiting for another process that updates the database …');
    await sleep(POLL_MS);
  }
}

/**
 * Brings the database to this version: applies `prisma/migrations/*` in order, one process at a time, recorded as Prisma
 * records them (so `prisma migrate status` agrees). Waits for a database that is still starting. Returns the applied names;
 * throws MigrationError on a failed, changed or unknown migration. Warnings of the migrations go to `log`.
 */
export async function migrate(
  databaseUrl: string,
  log: (message: string) => void,
  options: MigrateOptions = {},
): Promise<string[]> {
  const migrations = await readMigrations(options.directory ?? findDirectory());
  const client = await connectWhenReady(databaseUrl, log, options.waitMs);
  try {
    // What a migration leaves for people to repair it says as a warning.
    client.on('notice', ({ severity, message }) => {
      if (severity === 'WARNING' && message !== undefined) log(message);
    });
    // The role may have limits for the sessions behind a pooler; a migration takes the time it takes.
    await client.query('SET statement_timeout = 0');
    await lock(client, log);
    const applied = await readApplied(client);
    check(migrations, applied);
    const known = new Set(applied.map((row) => row.migration_name));
    const missing = migrations.filter((migration) => !known.has(migration.name));
    for (const migration of missing) {
      log(`Updating the database: ${migration.name}`);
      await apply(client, migration);
    }
    return missing.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** The names of the migrations that `migrate` would apply. Changes nothing. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  const migrations = await readMigrations(findDirectory());
  const client = await connectWhenReady(databaseUrl, () => undefined, 0);
  try {
    const { rows } = await client.query<{ known: boolean }>(
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known",
    );
    const applied = rows[0]?.known === true ? await readApplied(client) : [];
    check(migrations, applied);
    const known = new Set(applied.map((row) => row.migration_name));
    return migrations.map(({ name }) => name).filter((name) => !known.has(name));
  } finally {
    await client.end();
  }
}

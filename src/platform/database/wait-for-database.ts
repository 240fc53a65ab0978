import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseUnavailable } from './database.errors.js';
import { adviceFor, assertUsable, DatabaseUnusable } from './database-server.js';

const DEFAULT_WAIT_MS = 30_000;
const RETRY_MS = 250;
const CONNECT_TIMEOUT_MS = 3_000;

/** Host, port and database of a connection string, without its password. Throws when it is no PostgreSQL address. */
export function describeDatabase(databaseUrl: string): string {
  try {
    const { hostname, port, pathname } = new URL(databaseUrl);
    return `${hostname}:${port || '5432'}${pathname}`;
  } catch {
    throw new Error(
      'DATABASE_URL is not a PostgreSQL address (postgresql://user:password@host:5432/database).',
    );
  }
}

/** Connects once. The error of a refusal says what to change in the address, where we know. */
export async function connectTo(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'concierge-migrate',
  });
  // A connection lost between two statements is reported by the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    const advice = adviceFor(cause);
    if (advice === '') throw cause;
    throw new Error(`${(cause as Error).message}${advice}`, { cause });
  }
  return client;
}

async function usable(client: pg.Client): Promise<pg.Client> {
  try {
    await assertUsable(client);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/**
 * Connects to PostgreSQL itself, and waits up to `waitMs` for a database that does not answer yet (containers start together). Throws at once when
 * waiting cannot help: a wrong password, a database that does not exist, a server that is too old, a connection pooler.
 */
export async function connectWhenReady(
  databaseUrl: string,
  log: (message: string) => void,
  waitMs = DEFAULT_WAIT_MS,
): Promise<pg.Client> {
  const where = describeDatabase(databaseUrl);
  const deadline = Date.now() + waitMs;
  for (let attempt = 1; ; attempt++) {
    try {
      const client = await connectTo(databaseUrl);
      return await usable(client);
    } catch (cause) {
      const reason =
        cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : String(cause);
      if (cause instanceof DatabaseUnusable) throw new Error(`The database ${where}: ${reason}`, { cause });
      if (!isDatabaseUnavailable(cause))
        throw new Error(`The database ${where} refuses us: ${reason}`, { cause });
      if (Date.now() > deadline) {
        throw new Error(
          `The database ${where} did not answer within ${Math.round(waitMs / 1000)} s: ${reason}`,
          { cause },
        );
      }
      if (attempt === 1) log(`Waiting for the database ${where} …`);
      await sleep(RETRY_MS);
    }
  }
}

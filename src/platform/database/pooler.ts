import pg from 'pg';
import { SESSION_LIMITS } from './database-pool.js';
import { connectTo } from './wait-for-database.js';

interface Server {
  database: string;
  started: string;
  role: string;
  missing: string[];
}

async function describe(client: pg.Client): Promise<Server | undefined> {
  const { rows } = await client.query<Server>(
    `SELECT current_database() AS database, pg_postmaster_start_time()::text AS started, current_user AS role,
            (SELECT coalesce(array_agg(name), '{}') FROM pg_settings
              WHERE name = ANY($1) AND setting = '0') AS missing`,
    [Object.keys(SESSION_LIMITS)],
  );
  return rows[0];
}

async function look(url: string): Promise<Server | undefined> {
  const client = await connectTo(url);
  try {
    return await describe(client);
  } finally {
    await client.end();
  }
}

/**
 * Looks through the pooler of DATABASE_URL. Throws when it leads to another database than DIRECT_DATABASE_URL. Returns lines
 * for the log: a pooler takes no settings of a session, so the limits of ours must be the role's.
 */
export async function poolerNotes(pooledUrl: string, directUrl: string): Promise<string[]> {
  const [pooled, direct] = [await look(pooledUrl), await look(directUrl)];
  if (pooled?.database !== direct?.database || pooled?.started !== direct?.started)
    throw new Error('DATABASE_URL and DIRECT_DATABASE_URL lead to different databases.');
  if (pooled === undefined || pooled.missing.length === 0) return [];
  const [role, database] = [pg.escapeIdentifier(pooled.role), pg.escapeIdentifier(pooled.database)];
  const statements = Object.entries(SESSION_LIMITS).map(
    ([name, ms]) => `ALTER ROLE ${role} IN DATABASE ${database} SET ${name} = ${ms};`,
  );
  return [
    `The sessions behind the connection pooler lack ${pooled.missing.join(', ')}: run ${statements.join(' ')} ` +
      'Then reconnect the pooler (PgBouncer: RECONNECT).',
  ];
}

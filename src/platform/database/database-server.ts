import type pg from 'pg';

/** The oldest PostgreSQL that Concierge runs on. */
export const OLDEST_POSTGRES = 15;

/** What `pg.Client` knows of its session beyond its types. */
type Session = pg.Client & { processID: number | null };

/** A database that answers and cannot be used; the message says why and what to do. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/** The sentence for a server that is too old; undefined for one that will do. `version` is `server_version_num`. */
export function versionFault(version: number): string | undefined {
  const major = Math.floor(version / 10_000);
  return major >= OLDEST_POSTGRES
    ? undefined
    : `It is PostgreSQL ${major}; Concierge needs PostgreSQL ${OLDEST_POSTGRES} or newer.`;
}

/**
 * Whether a connection pooler such as PgBouncer answers: it hands out session ids of its own, which are not those of the
 * server behind it.
 */
async function isPooled(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid !== (client as Session).processID;
}

/** Throws DatabaseUnusable for a server that is too old and for a pooler, which carries neither migrations nor LISTEN. */
export async function assertUsable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  const fault = versionFault(rows[0]?.version ?? 0);
  if (fault !== undefined) throw new DatabaseUnusable(fault);
  if (await isPooled(client))
    throw new DatabaseUnusable(
      'It is reached through a connection pooler such as PgBouncer, which carries neither migrations nor jobs. ' +
        'Set DIRECT_DATABASE_URL to the address of PostgreSQL itself, and leave DATABASE_URL as it is.',
    );
}

const CERTIFICATE = /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|CERT_|ERR_TLS_CERT)/;

/** What to change in the address after a refusal, with a blank before it; empty when the reason says enough. */
export function adviceFor(error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (CERTIFICATE.test(code))
    return '. Add sslrootcert=<file of the authority that signed its certificate> to the address';
  if (code === '28000' && message.includes('no encryption'))
    return '. Add ?sslmode=verify-full or ?sslmode=require to the address';
  if (code === '08P01' && message.includes('startup parameter'))
    return '. A connection pooler such as PgBouncer? Set DIRECT_DATABASE_URL to the address of PostgreSQL itself';
  return '';
}

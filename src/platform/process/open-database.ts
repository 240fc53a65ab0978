import type { Config } from '../config/config.js';
import { EmbeddedPostgres } from '../embedded-postgres/embedded-postgres.js';
import { migrate, pendingMigrations } from '../database/migrate.js';
import { poolerNotes } from '../database/pooler.js';
import type { GracefulExit } from './graceful-exit.js';
import { StartFailure } from './start-failure.js';

/**
 * The address of a migrated database: DATABASE_URL, else that of the embedded PostgreSQL, which stops with the process. Where
 * DATABASE_URL leads to a connection pooler, DIRECT_DATABASE_URL is migrated. Throws StartFailure with a sentence for the operator.
 */
export async function openDatabase(
  config: Config,
  exit: GracefulExit,
  log: (line: string) => void,
): Promise<string> {
  try {
    const url = config.database.url ?? (await startEmbedded(config.dataDir, exit, log));
    const { directUrl = url } = config.database;
    if (config.skipPrebuild) await assertMigrated(directUrl);
    else await migrate(directUrl, log);
    if (directUrl !== url) for (const note of await poolerNotes(url, directUrl)) log(note);
    return url;
  } catch (cause) {
    throw new StartFailure(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function startEmbedded(dataDir: string, exit: GracefulExit, log: (line: string) => void): Promise<string> {
  const embedded = new EmbeddedPostgres({ dataDir, log });
  exit.onStop('the database', () => embedded.stop());
  return embedded.start();
}

/** With SKIP_PREBUILD somebody else migrates, and a schema that is behind would fail at the first request. */
async function assertMigrated(url: string): Promise<void> {
  const { length } = await pendingMigrations(url);
  if (length > 0)
    throw new Error(
      `SKIP_PREBUILD=true, but the database lacks ${length} migration(s). Start once without SKIP_PREBUILD to run them.`,
    );
}

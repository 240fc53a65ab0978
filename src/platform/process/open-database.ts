import type { Config } from '../config/config.js';
import { EmbeddedPostgres } from '../database/embedded-postgres.js';
import { migrate } from '../database/migrate.js';
import type { GracefulExit } from './graceful-exit.js';
import { StartFailure } from './start-failure.js';

/**
 * The address of a migrated database: DATABASE_URL, else that of the embedded PostgreSQL, which stops with the process.
 * Throws StartFailure with a sentence for the operator.
 */
export async function openDatabase(
  config: Config,
  exit: GracefulExit,
  log: (line: string) => void,
): Promise<string> {
  try {
    const url = config.database.url ?? (await startEmbedded(config.dataDir, exit, log));
    await migrate(url, log);
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

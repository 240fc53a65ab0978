import { PgBoss, type ConstructorOptions } from 'pg-boss';
import type { Config } from '../config/config.js';

const CONNECTIONS = 2;
/** pg-boss sets no bound of its own: without one a database that no longer answers would hold a worker forever. */
const ANSWER_MS = 20_000;

/** A pg-boss on the application's database, with a small pool of its own, past a connection pooler: LISTEN needs a session. */
export function createBoss({ database }: Pick<Config, 'database'>, options: ConstructorOptions): PgBoss {
  const address = database.directUrl ?? database.url;
  if (address === undefined) throw new Error('The database has no address yet: start it before the jobs.');
  const url = new URL(address);
  for (const limit of ['query_timeout', 'statement_timeout']) url.searchParams.set(limit, String(ANSWER_MS));
  return new PgBoss({
    connectionString: url.href,
    application_name: 'concierge-jobs',
    max: CONNECTIONS,
    ...options,
  });
}

/** Creates pg-boss's tables, or brings them up to date, ahead of the first start. */
export async function installJobs(config: Pick<Config, 'database'>): Promise<void> {
  const boss = createBoss(config, { supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false });
}

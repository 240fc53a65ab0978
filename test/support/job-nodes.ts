import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../../src/platform/database/database.service.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { testConfig } from './app.js';

/** The jobs of one process, without the rest of it. */
export interface JobNode {
  jobs: Jobs;
  database: Database;
  stop(): Promise<void>;
}

/** Not started yet: define its jobs first. */
export function jobNode(url: string, role: 'all' | 'web' | 'worker' = 'all'): JobNode {
  const database = new Database({ url, pool: 2 });
  const jobs = new Jobs(testConfig(url, { role }), database);
  const stop = async () => {
    await jobs.stop();
    await database.onModuleDestroy();
  };
  return { jobs, database, stop };
}

/** The suite's timeout is the bound. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

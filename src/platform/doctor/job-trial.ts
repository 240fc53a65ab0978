import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import { createBoss } from '../jobs/boss.js';
import { ROUND_TRIP } from '../jobs/job-queues.js';
import type { Finding } from './trial.js';

const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 100;

/** Queues a job that does nothing, and waits until some process has done it. */
export async function tryJob(config: Pick<Config, 'database'>): Promise<Finding> {
  const boss = createBoss(config, { supervise: false, schedule: false });
  // Whatever goes wrong is thrown to us too; unheard it would end the process.
  boss.on('error', () => undefined);
  await boss.start();
  try {
    const id = await boss.send(ROUND_TRIP, {});
    if (id === null) throw new Error('The queue takes no jobs.');
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      const [job] = await boss.findJobs(ROUND_TRIP, { id });
      if (job?.state === 'completed') return { state: 'ok', note: 'Queued a job, and it was done.' };
      await sleep(LOOK_EVERY_MS);
    }
    throw new Error('The job was queued, but no process does it: start one with ROLE=all or ROLE=worker.');
  } finally {
    await boss.stop({ graceful: false });
  }
}

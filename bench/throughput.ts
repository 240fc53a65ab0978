import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBareExpress, startDriverLoop, startLoad } from './contender.js';
import { guardCost, type GuardCost } from './guard-cost.js';
import type { Laboratory } from './laboratory.js';
import { measure, type Contender, type Measured } from './measure.js';
import type { Options } from './options.js';
import { residentMemory } from './process-figures.js';
import { newSecrets, Product } from './product.js';
import { pickTickets, seedTickets } from './seed.js';
import { show } from './terminal.js';
import { workloads } from './workloads.js';

const POOL = 10;
/** Enough for V8 to compile what is hot. */
const WARM_UP = 3_000;
const SETTLE_MS = 5_000;

export interface Throughput {
  /** One load of `connections`, one of a single connection. */
  loaded: Measured[];
  alone: Measured[];
  /** Milliseconds until `/health/ready`, on a database with data. */
  startedIn: number;
  /** MB, idle, five seconds after the start. */
  memory: number;
  guards: GuardCost;
}

/** The product, bare Express and the bare driver on one database, taking turns. */
export async function throughput(laboratory: Laboratory, options: Options): Promise<Throughput> {
  const { url: databaseUrl, pool } = await laboratory.createDatabase('bench');
  const logFile = path.join(laboratory.folder, 'concierge.log');
  const setup = { databaseUrl, pool: POOL, secrets: newSecrets(), logFile };
  await (await Product.start(setup)).stop();
  console.log(`Seeding ${options.rows} tickets …`);
  await seedTickets(pool, options.rows);
  const seeded = await pickTickets(pool);
  const guards = await guardCost(databaseUrl, seeded.donors[0]!.token);
  const product = await Product.start({ ...setup, profile: options.profile });
  try {
    await sleep(SETTLE_MS);
    const memory = residentMemory(product.pid);
    const shoot = startLoad();
    const contenders: Contender[] = [
      { name: 'concierge', url: product.url, pid: product.pid, shoot },
      { name: 'express', ...(await startBareExpress(databaseUrl, POOL)), shoot },
      { name: 'driver', url: '', ...(await startDriverLoop(databaseUrl, options.connections)) },
    ];
    const routes = workloads(seeded, await product.signIn('admin')).filter(
      ({ name }) => options.only.length === 0 || options.only.includes(name),
    );
    const run = async (connections: number, seconds: number, warmUp: number): Promise<Measured[]> => {
      const results: Measured[] = [];
      for (const workload of routes) {
        const effort = { seconds: seconds / options.rounds, rounds: options.rounds, connections, warmUp };
        const result = await measure(workload, contenders, pool, effort);
        show(result, connections);
        results.push(result);
      }
      return results;
    };
    const loaded = await run(options.connections, options.seconds, WARM_UP);
    const alone = await run(1, options.seconds / 2, WARM_UP / 20);
    return { loaded, alone, startedIn: product.startedIn, memory, guards };
  } finally {
    await product.stop();
  }
}

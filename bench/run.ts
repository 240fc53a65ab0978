// npm run bench: Concierge as in production, bare Express and the bare driver, on one PostgreSQL, taking turns.
import { mkdir } from 'node:fs/promises';
import { stopAll } from './contender.js';
import { growth } from './growth.js';
import { jobFigures } from './jobs.js';
import { openLaboratory } from './laboratory.js';
import { readOptions } from './options.js';
import { growthTable, jobTable, socketTable, throughputTables, write, type Chapter } from './report.js';
import { fanout } from './sockets.js';
import { throughput } from './throughput.js';

const options = readOptions(process.argv.slice(2));
if (options.profile) await mkdir(options.profile, { recursive: true });
const laboratory = await openLaboratory();
let stopping: Promise<void> | undefined;
const stop = () => {
  stopAll();
  stopping ??= laboratory.close();
  return stopping;
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stop().finally(() => process.exit(1)));
}

async function run(): Promise<[Chapter, string]> {
  if (options.growth) return ['growth', growthTable(await growth(laboratory))];
  if (options.sockets) return ['sockets', socketTable(await fanout(laboratory))];
  if (options.jobs) return ['jobs', jobTable(await jobFigures(laboratory))];
  return ['throughput', throughputTables(await throughput(laboratory, options), options.connections)];
}

try {
  const [chapter, tables] = await run();
  console.log(`\n${tables}`);
  if (options.write) await write(chapter, tables, laboratory.admin);
} finally {
  await stop();
}

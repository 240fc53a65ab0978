// npm run chaos -- [rounds] [seed]: the fault tests at length, 50 rounds of kill -9 unless told; CI runs the short version.
const [rounds = '50', seed] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(rounds)) throw new Error('Usage: npm run chaos -- [rounds] [seed]');
process.env.CHAOS_ROUNDS = rounds;
if (seed !== undefined) process.env.CHAOS_SEED = seed;
process.argv.splice(2, Infinity, '--selectProjects', 'faults');
await import('./test.mjs');

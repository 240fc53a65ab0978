import '../../scripts/typescript.mjs';

const { removeRunDirectory } = await import('./postgres.ts');

/** Once a run: kills every server of this run, those that a failed test forgot included, and deletes their data. */
export default async function globalTeardown() {
  const directory = process.env.TEST_RUN_DIRECTORY;
  if (directory) await removeRunDirectory(directory);
}

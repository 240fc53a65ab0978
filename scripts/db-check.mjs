// Proves that prisma/migrations and prisma/schema.prisma describe the same database:
// a fresh one takes every migration, then Prisma compares it with the schema.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import pg from 'pg';
import './typescript.mjs';

const { createCluster, createRunDirectory, FAST, removeRunDirectory, removeStaleRuns } =
  await import('../test/support/postgres.ts');
const { migrate } = await import('../src/platform/database/migrate.ts');
const { compareLists, readGoldenList, readRawObjects, unexplainedStatements, writeGoldenList } =
  await import('./raw-objects.ts');

const root = path.join(import.meta.dirname, '..');
const write = process.argv.includes('--write');

function diffWithSchema(url, golden) {
  const args = ['--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--script', '--exit-code'];
  const prisma = spawnSync(process.execPath, ['scripts/prisma.mjs', 'migrate', 'diff', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url },
  });
  // 0: no difference, 2: a difference, which the golden list may explain.
  if (prisma.status !== 0 && prisma.status !== 2)
    throw new Error(`prisma migrate diff failed: ${prisma.stderr}`);
  return unexplainedStatements(prisma.stdout, golden);
}

async function rawObjectsOf(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await readRawObjects(client);
  } finally {
    await client.end();
  }
}

async function check(url) {
  await migrate(url, () => undefined);
  const actual = await rawObjectsOf(url);
  if (write) writeGoldenList(actual);
  const golden = readGoldenList();
  const drift = diffWithSchema(url, golden);
  const objects = compareLists(actual, golden);
  if (drift.length > 0) {
    console.error('prisma/schema.prisma and the migrations differ. From the database to the schema:\n');
    console.error(`${drift.join(';\n')};\n`);
  }
  if (objects.length > 0) {
    console.error('The raw SQL objects differ from prisma/raw-objects.sql.txt (+ not listed, - missing):\n');
    console.error(`${objects.join('\n')}\n`);
  }
  if (drift.length + objects.length > 0) return 1;
  console.log(`Migrations and schema agree; ${golden.length} raw SQL objects are as listed.`);
  return 0;
}

await removeStaleRuns();
const directory = await createRunDirectory();
try {
  const cluster = await createCluster(directory, FAST);
  process.exitCode = await check(cluster.adminUrl());
} finally {
  await removeRunDirectory(directory);
}

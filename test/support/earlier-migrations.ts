import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '../../src/platform/database/migrate.js';
import type { TestDatabase } from './database.js';

const MIGRATIONS = 'prisma/migrations';

/** Brings an empty database to where it was before the migration of this name. */
export async function migrateUpTo(database: Pick<TestDatabase, 'url'>, name: string): Promise<void> {
  const directory = await mkdtemp(path.join(process.env['TEST_RUN_DIRECTORY'] ?? os.tmpdir(), 'earlier-'));
  for (const one of await readdir(MIGRATIONS))
    if (one < name) await cp(path.join(MIGRATIONS, one), path.join(directory, one), { recursive: true });
  await migrate(database.url, () => undefined, { directory });
  await rm(directory, { recursive: true });
}

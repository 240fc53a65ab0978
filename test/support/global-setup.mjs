import pg from 'pg';
// Jest imports this file natively: the hook lets Node read our TypeScript, so only later imports profit.
import '../../scripts/typescript.mjs';

const { asRole, createCluster, createRunDirectory, CREATE_ROLE, FAST, removeStaleRuns, ROLE, TEMPLATE } =
  await import('./postgres.ts');
const { migrate } = await import('../../src/platform/database/migrate.ts');
const { installJobs } = await import('../../src/platform/jobs/boss.ts');

/** Once a run: starts PostgreSQL and migrates the template. Workers find the server in TEST_DATABASE_ADMIN_URL. */
export default async function globalSetup() {
  await removeStaleRuns();
  const directory = await createRunDirectory();
  process.env.TEST_RUN_DIRECTORY = directory;
  const cluster = await createCluster(directory, FAST);
  process.env.TEST_DATABASE_ADMIN_URL = cluster.adminUrl();

  const admin = new pg.Client({ connectionString: cluster.adminUrl() });
  await admin.connect();
  await admin.query(CREATE_ROLE);
  await admin.query(`CREATE DATABASE ${TEMPLATE} OWNER ${ROLE}`);
  const url = asRole(cluster.adminUrl(), TEMPLATE);
  await migrate(url, () => undefined);
  await installJobs({ database: { url, pool: 1 } });
  await admin.query(`ALTER DATABASE ${TEMPLATE} ALLOW_CONNECTIONS false`);
  await admin.end();
}

// A minimal application on the embedded database, for tests that kill it: node embedded-app.mjs <data dir>
// Prints one JSON line when the database is ready, and stops cleanly on SIGTERM.
import '../../scripts/typescript.mjs';

const { EmbeddedPostgres } = await import('../../src/platform/embedded-postgres/embedded-postgres.ts');

const messages = [];
const database = new EmbeddedPostgres({ dataDir: process.argv[2], log: (message) => messages.push(message) });
process.on('SIGTERM', () => void database.stop().then(() => process.exit(0)));
try {
  const url = await database.start();
  console.log(JSON.stringify({ url, pid: database.pid, messages }));
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(JSON.stringify({ error: error.message, messages }));
  process.exit(1);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from './app.setup.js';
import { handOverPasswords } from './domain/staff/accounts/first-passwords.js';
import { seedStaff } from './domain/staff/accounts/seed.js';
import type { Config } from './platform/config/config.js';
import { readConfig, settingNotes } from './platform/config/read-config.js';
import { Database } from './platform/database/database.service.js';
import { Readiness } from './platform/health/readiness.js';
import { drain } from './platform/http/drain.js';
import { createLogger } from './platform/logging/logger.js';
import { RequestWatch } from './platform/logging/request-watch.js';
import { GracefulExit } from './platform/process/graceful-exit.js';
import { openDatabase } from './platform/process/open-database.js';
import { settleMemory } from './platform/process/settle-memory.js';
import { explainStart } from './platform/process/start-failure.js';
import { passwords, startLine, welcome } from './platform/process/welcome.js';

/** How long balancers get to see that we are not ready any more, before connections are refused. */
const NOTICE_MS = 1_000;

const write = (stream: NodeJS.WriteStream, lines: string[]) =>
  stream.write(lines.map((line) => `${line}\n`).join(''));

async function start(config: Config): Promise<void> {
  const production = config.environment === 'production';
  const logger = createLogger(config);
  const exit = new GracefulExit(logger);
  const log = (line: string) => (production ? logger.info(line) : write(process.stdout, [line]));
  for (const note of settingNotes(config)) log(note);
  try {
    const url = await openDatabase(config, exit, log);
    const app = await createApp({ ...config, database: { ...config.database, url } }, logger);
    exit.onStop('the application', async () => {
      app.get(Readiness).drain();
      if (production) await sleep(NOTICE_MS);
      await drain(app.getHttpServer(), app.get(RequestWatch));
      await app.close();
    });
    await app.listen(config.port);
    // Not before: a start that fails on a taken port must not have used up the passwords it shows once.
    const accounts = config.skipPrebuild ? [] : await seedStaff(app.get(Database), config);
    const handedOver = production ? await handOverPasswords(app.get(Database), config, accounts) : [];
    await settleMemory();
    app.get(Readiness).listening();
    if (production) {
      logger.info(startLine(config));
      for (const line of handedOver) logger.warn(line);
    } else write(process.stdout, welcome(config, accounts));
  } catch (error) {
    const reason = explainStart(error, config.port);
    if (reason === undefined) logger.fatal({ err: error }, 'Concierge cannot start');
    else write(process.stderr, [reason]);
    await exit.leave(1);
  }
}

/** `--seed`: creates the first accounts and ends, for installations that start with SKIP_PREBUILD=true. */
async function seed(config: Config): Promise<void> {
  const exit = new GracefulExit(createLogger(config));
  const url = await openDatabase(config, exit, (line) => write(process.stdout, [line]));
  const database = new Database({ url: config.database.directUrl ?? url });
  exit.onStop('the connections', () => database.onModuleDestroy());
  const accounts = await seedStaff(database, config);
  const names = accounts.map(({ username }) => username).join(', ');
  write(process.stdout, [names === '' ? 'The accounts are there already.' : `Created: ${names}.`]);
  write(process.stdout, passwords(accounts));
  await exit.leave(0);
}

try {
  const config = readConfig();
  await (process.argv.includes('--seed') ? seed(config) : start(config));
} catch (error) {
  write(process.stderr, [explainStart(error) ?? String(error)]);
  process.exitCode = 1;
}

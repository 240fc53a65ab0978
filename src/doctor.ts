import type { AddressInfo } from 'node:net';
import { ConfigInvalid, type Config } from './platform/config/config.js';
import { readConfig } from './platform/config/read-config.js';
import { EmbeddedPostgres } from './platform/embedded-postgres/embedded-postgres.js';
import { migrate, pendingMigrations } from './platform/database/migrate.js';
import { tryJob } from './platform/doctor/job-trial.js';
import { tryMail, tryPush } from './platform/doctor/message-trials.js';
import { tryBackends, tryDatabase, tryRedis, tryStorage, tryVideo } from './platform/doctor/part-trials.js';
import { findingOf, isRunning, partsOf } from './platform/doctor/server-parts.js';
import { trySocket } from './platform/doctor/socket-trial.js';
import { attempt, type Trial } from './platform/doctor/trial.js';

const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** Where the trials find a server and a database; `url` is unknown when the running server keeps its database to itself. */
interface Ground {
  base: string | undefined;
  url: string | undefined;
  note: string;
  leave(): Promise<void>;
}

/** Our own database, started for the trials when nobody runs it. */
async function ownDatabase({ dataDir }: Config): Promise<{ url: string; stop: () => Promise<void> }> {
  const embedded = new EmbeddedPostgres({ dataDir, log: () => undefined });
  const url = await embedded.start();
  await migrate(url, () => undefined);
  return { url, stop: () => embedded.stop() };
}

/** A server that runs for as long as the trials take; not on a database that an upgrade would have to change first. */
async function ownServer(config: Config, url: string): Promise<Pick<Ground, 'base' | 'note' | 'leave'>> {
  const pending = await pendingMigrations(config.database.directUrl ?? url);
  if (pending.length > 0) {
    const note = `The database lacks ${pending.length} migration(s): the next npm start runs them.`;
    return { base: undefined, note, leave: () => Promise.resolve() };
  }
  // Loading the product takes longer than all trials of a server that runs.
  const { createApp } = await import('./app.setup.js');
  const app = await createApp({
    ...config,
    role: 'all',
    logLevel: 'silent',
    database: { ...config.database, url },
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    note: 'None runs on this port; started one for the trials.',
    leave: () => app.close(),
  };
}

async function prepare(config: Config): Promise<Ground> {
  const base = `http://127.0.0.1:${config.port}`;
  const { url } = config.database;
  if (await isRunning(base)) {
    const note = `Runs on port ${config.port}.`;
    return { base, url, note, leave: () => Promise.resolve() };
  }
  if (url !== undefined) return { url, ...(await ownServer(config, url)) };
  const database = await ownDatabase(config);
  const server = await ownServer(config, database.url);
  const leave = async () => {
    await server.leave();
    await database.stop();
  };
  return { ...server, url: database.url, leave };
}

const VENDORS =
  'VIDEO_PROVIDER, DAILY_API_KEY, DAILY_API_URL, VIDEOSDK_API_KEY, VIDEOSDK_SECRET_KEY, ICE_SERVERS, TURN_SECRET';
const KEYS = 'JWT_SECRET_KEY, DELEGATED_JWKS_FILE, DELEGATED_PUBLIC_KEY, DELEGATED_ISSUER, DELEGATED_ROLES';
const PUSH = 'FIREBASE_PROJECT_ID, FIREBASE_CLIENT_EMAIL, FIREBASE_PRIVATE_KEY';
const NOT_TRIED = { state: 'off', note: 'Not tried: there is no server.' } as const;

/** What needs a server to be tried. */
async function trialsOn({ base, url }: Ground, config: Config): Promise<Trial[]> {
  if (base === undefined) {
    return ['sockets', 'jobs'].map((name) => ({
      name,
      settings: 'DATABASE_URL',
      run: async () => NOT_TRIED,
    }));
  }
  const parts = await partsOf(base);
  const told = (name: string, settings: string): Trial => ({
    name,
    settings,
    run: async () => findingOf(parts[name]),
  });
  const reach = (address: string) => tryJob({ database: { ...config.database, url: address } });
  return [
    ...(config.database.url === undefined ? [told('database', 'DATA_DIR')] : []),
    { name: 'sockets', settings: 'PORT', run: () => trySocket(base) },
    told('proxy', 'TRUSTED_PROXIES'),
    told('origins', 'CORS_ORIGINS'),
    told('webPush', 'WEB_PUSH, ENCRYPTION_KEY'),
    url === undefined ? told('jobs', 'ROLE') : { name: 'jobs', settings: 'ROLE', run: () => reach(url) },
  ];
}

/** Tries every part; true when nothing that is configured failed. */
async function examine(config: Config, mailTo: string | undefined): Promise<boolean> {
  const { url, directUrl } = config.database;
  const failed: string[] = [];
  const all = async (trials: Trial[]) => {
    for (const trial of trials) if (!(await attempt(trial, write))) failed.push(trial.name);
  };
  if (url !== undefined) {
    await all([
      {
        name: 'database',
        settings: 'DATABASE_URL, DIRECT_DATABASE_URL',
        run: () => tryDatabase({ url, directUrl }),
      },
    ]);
  }
  const reached: { ground?: Ground } = {};
  const begin = async () => {
    reached.ground = await prepare(config);
    return { state: 'ok', note: reached.ground.note } as const;
  };
  // Without its database there is no server, and saying so twice helps nobody.
  if (failed.length === 0) await all([{ name: 'server', settings: 'PORT, DATA_DIR, REDIS_URL', run: begin }]);
  try {
    if (reached.ground !== undefined) await all(await trialsOn(reached.ground, config));
    await all([
      { name: 'backends', settings: KEYS, run: () => tryBackends(config) },
      { name: 'storage', settings: 'DATA_DIR', run: () => tryStorage(config) },
      { name: 'redis', settings: 'REDIS_URL', run: () => tryRedis(config) },
      { name: 'video', settings: VENDORS, run: () => tryVideo(config) },
      { name: 'mail', settings: 'SMTP_URL, MAIL_FROM', run: () => tryMail(config, mailTo) },
      { name: 'push', settings: PUSH, run: () => tryPush(config) },
    ]);
  } finally {
    await reached.ground?.leave();
  }
  return failed.length === 0;
}

try {
  write('Trying every part of Concierge:\n');
  const well = await examine(readConfig(), process.argv[2]);
  write(
    well
      ? '\nAll that is configured works.'
      : '\nSomething does not work. Change .env as told, then run npm run doctor again.',
  );
  process.exitCode = well ? 0 : 1;
} catch (error) {
  process.exitCode = 1;
  write(error instanceof ConfigInvalid ? error.message : `Could not go on: ${String(error)}`);
}
// Whatever a failed trial left open does not keep anybody waiting.
process.exit();

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { processOwner, repairOwnership } from './data-ownership.js';
import {
  commandFor,
  findBinaries,
  findRunAs,
  type PostgresBinaries,
  type RunAs,
} from './postgres-binaries.js';
import { disownPidFile, findPostmaster, isAlive } from './postgres-pid-file.js';

const run = promisify(execFile);
const READY_TIMEOUT_MS = 60_000;
const RESTART_DELAY_MS = 100;
/** From the server's log, which is always English: the cluster is made with `--locale=C`. */
const SHARED_MEMORY_IN_USE = 'pre-existing shared memory block';
const STOP_TIMEOUT_S = 20;
const ADOPTED_POLL_MS = 500;
const LOG_LIMIT_BYTES = 5_000_000;
const SUPERUSER = 'postgres';
const HOST = '127.0.0.1';

/** Where a cluster lives and how it is reached; `settings` are postgresql.conf names. */
export interface ClusterOptions {
  directory: string;
  logFile: string;
  password: string;
  settings: Record<string, string>;
  log: (message: string) => void;
}

/** A clean environment: the database has no business with the application's secrets. */
function environment(): { env?: NodeJS.ProcessEnv } {
  return process.platform === 'win32'
    ? {}
    : { env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' } };
}

/** One PostgreSQL data directory and, while it runs, its postmaster: real binaries, loopback only. */
export class PostgresCluster {
  readonly #options: ClusterOptions;
  #binaries!: PostgresBinaries;
  #runAs!: RunAs;
  #directory!: string;
  #child: ChildProcess | undefined;
  #pid = 0;
  #port = 0;
  /** Where the log of this start begins, in bytes. */
  #logStart = 0;

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  /** The postmaster's process id, 0 before the first start. */
  get pid(): number {
    return this.#pid;
  }

  get port(): number {
    return this.#port;
  }

  /** A connection string for the superuser. */
  adminUrl(database = 'postgres'): string {
    return `postgresql://${SUPERUSER}:${this.#options.password}@${HOST}:${this.#port}/${database}`;
  }

  /** Creates the data directory unless it exists. A half-made one, left by a crash, is thrown away and made again. */
  async initialise(flags: string[] = []): Promise<void> {
    const { directory, log } = this.#options;
    this.#binaries = await findBinaries();
    await mkdir(path.dirname(directory), { recursive: true });
    this.#directory = path.join(await realpath(path.dirname(directory)), path.basename(directory));
    this.#runAs = await findRunAs([this.#binaries.postgres, path.dirname(this.#directory)], log);
    if (existsSync(path.join(this.#directory, 'PG_VERSION'))) {
      await repairOwnership(this.#directory, this.#runAs.account ?? processOwner(), log);
      return;
    }
    log('Creating the database (once) …');
    const draft = `${this.#directory}.new`;
    await rm(draft, { recursive: true, force: true });
    await this.#initdb(draft, flags);
    await rename(draft, this.#directory);
  }

  async #initdb(draft: string, flags: string[]): Promise<void> {
    await mkdir(draft, { mode: 0o700 });
    const passwordFile = `${draft}.password`;
    await writeFile(passwordFile, `${this.#options.password}\n`, { mode: 0o600 });
    try {
      await this.#own(draft);
      await this.#own(passwordFile);
      await this.#tryLocales([`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...flags]);
    } finally {
      await rm(passwordFile, { force: true });
    }
  }

  /**
   * PostgreSQL's built-in C.UTF-8 sorts and folds case alike on every machine and never changes with the system's libraries
   * (which would corrupt indexes). Full-text parsing still asks the system's LC_CTYPE, whose UTF-8 name differs.
   */
  async #tryLocales(flags: string[]): Promise<void> {
    const fixed = ['--locale=C', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const account = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', '--no-instructions'];
    let failure: unknown;
    for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
      try {
        await this.#run(this.#binaries.initdb, [...flags, ...fixed, ...account, `--lc-ctype=${ctype}`]);
        return;
      } catch (error) {
        failure = error;
      }
    }
    throw new Error('The bundled PostgreSQL could not create its data directory.', { cause: failure });
  }

  /** Starts PostgreSQL on `port`, or adopts the postmaster that already runs on the directory. Resolves when it answers. */
  async start(port: number): Promise<'started' | 'adopted'> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    const running = await findPostmaster(this.#directory);
    this.#port = running?.port ?? port;
    for (;;) {
      this.#pid = running?.pid ?? (await this.#spawn());
      if (await this.#ready(deadline)) return running ? 'adopted' : 'started';
      await sleep(RESTART_DELAY_MS);
    }
  }

  async #spawn(): Promise<number> {
    await disownPidFile(this.#directory);
    const { size } = await stat(this.#options.logFile).catch(() => ({ size: 0 }));
    this.#logStart = size > LOG_LIMIT_BYTES ? 0 : size;
    const output = await open(this.#options.logFile, this.#logStart === 0 ? 'w' : 'a', 0o600);
    const settings = Object.entries(this.#options.settings).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const args = ['-D', this.#directory, '-p', String(this.#port), ...settings];
    const [command, rest] = commandFor(this.#runAs, this.#binaries.postgres, args);
    try {
      // Its own session: Ctrl+C in the terminal must reach the application first, which then stops the database.
      const child = spawn(command, rest, {
        ...this.#identity(),
        detached: true,
        windowsHide: true,
        stdio: ['ignore', output.fd, output.fd],
      });
      this.#child = child;
      await once(child, 'spawn');
      child.unref();
      return child.pid ?? 0;
    } finally {
      await output.close();
    }
  }

  /**
   * Resolves to true when PostgreSQL answers. Resolves to false when it stopped because sessions of a killed postmaster still hold
   * its shared memory: they end within moments, so starting again helps.
   */
  async #ready(deadline: number): Promise<boolean> {
    for (;;) {
      if (!this.isRunning()) {
        if ((await this.#log()).includes(SHARED_MEMORY_IN_USE) && Date.now() < deadline) return false;
        throw new Error(`PostgreSQL did not start. ${await this.#lastLog()}`);
      }
      const client = new pg.Client({ connectionString: this.adminUrl(), connectionTimeoutMillis: 2_000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.end();
        return true;
      } catch (cause) {
        if ((cause as { code?: string }).code === '28P01') {
          throw new Error(
            'The database refuses its saved password: the data directory and its password file do not belong together.',
            { cause },
          );
        }
        if (Date.now() > deadline) {
          throw new Error(
            `PostgreSQL did not answer in ${READY_TIMEOUT_MS / 1000} s. ${await this.#lastLog()}`,
            { cause },
          );
        }
      }
      await sleep(30);
    }
  }

  /** True while the postmaster lives, whether this process started or adopted it. */
  isRunning(): boolean {
    if (this.#pid === 0) return false;
    if (this.#child?.pid === this.#pid)
      return this.#child.exitCode === null && this.#child.signalCode === null;
    return isAlive(this.#pid);
  }

  /** Resolves when the postmaster is gone, for whatever reason. Waiting alone does not keep the process alive. */
  async exited(): Promise<void> {
    const child = this.#child;
    if (child?.pid === this.#pid) {
      if (this.isRunning()) await once(child, 'exit');
      return;
    }
    while (this.isRunning()) await sleep(ADOPTED_POLL_MS, undefined, { ref: false });
  }

  /** Ends sessions, writes everything to disk and stops; a server that does not manage in time is stopped at once. */
  async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    if (!this.isRunning()) return;
    const stop = (how: string) =>
      this.#run(this.#binaries.pg_ctl, [
        'stop',
        '-D',
        this.#directory,
        '-m',
        how,
        '-w',
        '-t',
        String(STOP_TIMEOUT_S),
      ]);
    try {
      await stop(mode);
    } catch (error) {
      if (this.isRunning()) await stop('immediate').catch(() => Promise.reject(error as Error));
    }
    await this.#gone();
  }

  async #gone(): Promise<void> {
    while (this.isRunning()) await sleep(10);
  }

  /** For the moment when nothing can be awaited any more: asks the postmaster to stop and does not wait. */
  requestStop(): void {
    if (this.isRunning()) process.kill(this.#pid, 'SIGINT');
  }

  /** Kills the postmaster without any warning (fault tests). */
  async kill(): Promise<void> {
    if (!this.isRunning()) return;
    process.kill(this.#pid, 'SIGKILL');
    await this.#gone();
  }

  #identity(): { uid?: number; gid?: number; env?: NodeJS.ProcessEnv } {
    const { account, setpriv } = this.#runAs;
    return { ...environment(), ...(setpriv ? {} : account) };
  }

  async #own(file: string): Promise<void> {
    const { account } = this.#runAs;
    if (account) await chown(file, account.uid, account.gid);
  }

  async #run(file: string, args: string[]): Promise<void> {
    const [command, rest] = commandFor(this.#runAs, file, args);
    await run(command, rest, { ...this.#identity(), windowsHide: true, timeout: 120_000 });
  }

  /** What the server has logged since it was started here; all of it when it was adopted. */
  async #log(): Promise<string> {
    const bytes = await readFile(this.#options.logFile).catch(() => Buffer.alloc(0));
    return bytes.subarray(this.#logStart).toString();
  }

  async #lastLog(): Promise<string> {
    return (await this.#log()).trim().split('\n').slice(-5).join('\n');
  }
}

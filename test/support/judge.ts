import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';
import { openPool, type TestDatabase } from './database.js';
import { Sender } from './judge-http.js';
import { brokenInvariants, owedWork } from './judge-invariants.js';
import { Journal } from './judge-journal.js';
import { World, type Staff } from './judge-operations.js';
import { Random } from './judge-random.js';
import { LogReader } from './judge-readers.js';
import { SocketReader } from './judge-sockets.js';
import { brokenPromises, findRows } from './judge-verdict.js';
import { Writers, type Desk } from './judge-writers.js';
import { createRunDirectory, removeRunDirectory } from './postgres.js';
import { startProduct, type CrashAt, type ProductProcess } from './product-process.js';

export interface Trial {
  /** Left out, the product brings its own. */
  database?: Pick<TestDatabase, 'url'>;
  seed: number;
  /** Further settings of the product. */
  env?: Record<string, string>;
  writers?: number;
}

const PASSWORD = 'correct-horse-9-staple';
const PLENTY = '10000000';
const LIMITS = ['TICKETS', 'READS', 'MESSAGES', 'LOGINS', 'STAFF', 'SOCKETS', 'SOCKETS_ADDRESS'].map(
  (name) => `LIMIT_${name}`,
);
const WRITERS = 8;
/** Staff log in again long before their 15 minutes are over. */
const LOGIN_LASTS_MS = 5 * 60_000;
/** How long work that was promised may take to be done after the last fault. */
const GRACE_MS = 90_000;

/**
 * Runs the product under load, lets a test do harm to it, and tells what was lost, doubled or put in disorder.
 * The product keeps its port and its data over any number of lives.
 */
export class Judge implements Desk {
  readonly random: Random;
  readonly world = new World([]);
  readonly readers: (LogReader | SocketReader)[] = [];
  product!: ProductProcess;
  journal!: Journal;
  writers!: Writers;
  db!: pg.Pool;
  private readonly tokens = new Map<string, string>();
  readonly sender = new Sender();
  /** Where the writers write; a test may put something in between. */
  url = '';
  private readonly deaths: string[] = [];
  env: Record<string, string> = {};
  private folder = '';
  private loggedInAt = 0;

  private constructor(private readonly trial: Trial) {
    this.random = new Random(trial.seed);
  }

  /** Starts the product for the first time, with three members of staff; writers wait for `writers.go()`. */
  static async open(trial: Trial): Promise<Judge> {
    const judge = new Judge(trial);
    try {
      await judge.prepare();
      return judge;
    } catch (error) {
      await judge.close();
      throw error;
    }
  }

  headersOf(as: string): Record<string, string> {
    const token = this.tokens.get(as);
    const headers: Record<string, string> = {};
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    return headers;
  }

  /** Where the product keeps what it keeps. */
  get dataDir(): string {
    return join(this.folder, 'product');
  }

  private async prepare(): Promise<void> {
    this.folder = await createRunDirectory();
    this.env = {
      ...Object.fromEntries(LIMITS.map((name) => [name, PLENTY])),
      ...(this.trial.database && { DATABASE_URL: this.trial.database.url }),
      DATA_DIR: this.dataDir,
      PORT: String(await freePort()),
      LOG_LEVEL: 'warn',
      // Passwords that are quick to hash are the only difference.
      NODE_ENV: 'test',
      SUPER_ADMIN_PASSWORD: PASSWORD,
      ADMIN_PASSWORD: PASSWORD,
      ...this.trial.env,
    };
    this.journal = await Journal.open(join(this.folder, 'journal'));
    await this.start();
    this.url = this.product.url;
    this.db = openPool(this.trial.database ?? { url: await this.ownDatabase() });
    await this.provisionStaff();
    const { world, journal, random } = this;
    this.writers = new Writers(this, world, journal, random, this.trial.writers ?? WRITERS);
    this.readers.push(new LogReader(this, world, 'staff', 'superadmin'));
    this.readers.push(new LogReader(this, world, 'donor', 'donor'));
    this.readers.push(this.watch('staff'), this.watch('donor'));
  }

  /** A page that follows the newest tickets over a socket, by default straight from the product. */
  watch(audience: 'staff' | 'donor', options: { url?: string; tickets?: number } = {}): SocketReader {
    const { url = this.product.url, tickets } = options;
    const token = audience === 'staff' ? () => this.tokens.get('superadmin') : undefined;
    return new SocketReader(url, this.world, audience, { token, tickets });
  }

  /** Begins a life of the product, which may be told where to end; resolves when it is ready. */
  async start(crashAt?: CrashAt): Promise<void> {
    this.product = await startProduct(this.env, { crashAt });
    await this.product.ready();
    if (this.world.staff.length > 0 && Date.now() - this.loggedInAt > LOGIN_LASTS_MS) await this.logIn();
  }

  /** The database that comes with the product keeps its port and password beside its data. */
  private async ownDatabase(): Promise<string> {
    const read = async (name: string) => (await readFile(join(this.dataDir, name), 'utf8')).trim();
    const [port, password] = [await read('postgres.port'), await read('postgres.password')];
    return `postgresql://concierge:${password}@127.0.0.1:${port}/concierge`;
  }

  private async provisionStaff(): Promise<void> {
    await this.db.query(
      `INSERT INTO users (username, name, role, password_hash)
       SELECT 'second', 'Second Admin', 'ADMIN', password_hash FROM users WHERE username = 'admin'`,
    );
    const { rows } = await this.db.query<Staff>('SELECT id, username FROM users ORDER BY id');
    Object.assign(this.world, { staff: rows });
    await this.logIn();
  }

  private async logIn(): Promise<void> {
    for (const { username } of this.world.staff) {
      const body = { username, password: PASSWORD };
      const outcome = await this.sender.send(this.product.url, {
        method: 'POST',
        path: '/api/v1/auth/login',
        body,
      });
      const token = outcome.kind === 'answered' ? outcome.body.accessToken : undefined;
      if (token === undefined) throw new Error(`${username} cannot sign in: ${JSON.stringify(outcome)}`);
      this.tokens.set(username, token);
    }
    this.loggedInAt = Date.now();
  }

  /** Waits until the product has died of SIGKILL and nobody waits for an answer of it any more. */
  async untilDead(): Promise<void> {
    await this.product.exited;
    const { signalCode, exitCode } = this.product.child;
    if (signalCode !== 'SIGKILL')
      this.deaths.push(`the product ended by itself (${exitCode ?? signalCode}):\n${this.product.output()}`);
    await this.writers.pause();
  }

  /** Waits until everything that the dead product had begun in the database is over. */
  async untilQuiet(): Promise<void> {
    const sessions = `SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'concierge%'`;
    while ((await this.db.query(sessions)).rowCount !== 0) await sleep(5);
  }

  /**
   * While nobody writes: looks up what became of the unanswered, and holds every promise so far against the database.
   * An empty list means that nothing is lost, doubled or in disorder.
   */
  async inspect(): Promise<string[]> {
    for (const op of this.writers.unanswered.values()) {
      const rows = await findRows(this.db, op);
      if (rows !== undefined) await this.journal.write({ what: 'found', op: op.id, rows });
    }
    return [
      ...(await brokenPromises(this.db, await this.journal.read())),
      ...(await brokenInvariants(this.db)),
      ...this.writers.faults,
      ...this.readers.flatMap((reader) => reader.faults),
      ...this.deaths,
    ];
  }

  /** Lets everybody finish and everything be done, then tells all that is wrong. */
  async conclude(): Promise<string[]> {
    await this.writers.stop();
    for (const reader of this.readers) await reader.finish(this.db);
    const faults = await this.inspect();
    return [...faults, ...(await this.stillOwed())];
  }

  private async stillOwed(): Promise<string[]> {
    const until = Date.now() + GRACE_MS;
    for (;;) {
      const owed = await owedWork(this.db);
      if (owed.length === 0 || Date.now() > until) return owed;
      await sleep(100);
    }
  }

  /** How much was asked, for the record. */
  summary(): string {
    const { acked, refused, lost } = this.writers;
    const tickets = this.world.tickets.length;
    return `${acked} acknowledged, ${refused} refused, ${lost} cut off and asked again, on ${tickets} tickets`;
  }

  /** Ends whatever still runs and forgets the data. */
  async close(): Promise<void> {
    (this.writers as Writers | undefined)?.abandon();
    await (this.product as ProductProcess | undefined)?.kill();
    for (const reader of this.readers) await reader.stop();
    this.sender.close();
    await (this.journal as Journal | undefined)?.close();
    await (this.db as pg.Pool | undefined)?.end();
    await removeRunDirectory(this.folder);
  }
}

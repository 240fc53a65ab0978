import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { adopt } from './contender.js';
import { freePort } from '../src/platform/embedded-postgres/free-port.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const PLENTY = '10000000';
const READY_WITHIN_MS = 30_000;

/** What a production installation sets, and limits that a bench does not reach but that count all the same. */
function environment({ databaseUrl, pool, secrets, env }: ProductOptions, port: number): NodeJS.ProcessEnv {
  const limits = ['TICKETS', 'READS', 'MESSAGES', 'LOGINS', 'STAFF', 'SOCKETS', 'SOCKETS_ADDRESS'].map(
    (name) => [`LIMIT_${name}`, PLENTY],
  );
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: 'https://desk.bench.test',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: String(pool),
    JWT_SECRET: secrets.jwt,
    ENCRYPTION_KEY: secrets.encryption,
    SUPER_ADMIN_PASSWORD: secrets.password,
    ADMIN_PASSWORD: secrets.password,
    // Calls that nobody takes would be missed during a later measurement: as many jobs as there were tickets, and a message each.
    CALL_REQUEST_TTL: '3600',
    ...Object.fromEntries(limits),
    ...env,
  };
}

export interface Secrets {
  jwt: string;
  encryption: string;
  password: string;
}

export function newSecrets(): Secrets {
  const secret = () => randomBytes(36).toString('base64url');
  return { jwt: secret(), encryption: secret(), password: secret() };
}

export interface ProductOptions {
  databaseUrl: string;
  pool: number;
  secrets: Secrets;
  logFile: string;
  /** Further settings. */
  env?: Record<string, string>;
  /** Folder for a CPU profile, written when the process ends. */
  profile?: string;
}

/** Concierge as it runs in production: `node dist/main.js`, its log in a file. */
export class Product {
  private constructor(
    readonly url: string,
    /** Milliseconds from the start of the process to the first `ready`. */
    readonly startedIn: number,
    private readonly child: ChildProcess,
    private readonly secrets: Secrets,
  ) {}

  static async start(options: ProductOptions): Promise<Product> {
    const { secrets, logFile, profile } = options;
    const port = await freePort();
    const started = performance.now();
    const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
    const child = spawn(process.execPath, [...flags, path.join(ROOT, 'dist', 'main.js')], {
      cwd: path.dirname(logFile),
      env: environment(options, port),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    adopt(child);
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const url = `http://127.0.0.1:${port}`;
    try {
      await ready(url, child, started);
    } catch (error) {
      throw new Error(`Concierge did not start:\n${await readFile(logFile, 'utf8')}`, { cause: error });
    }
    return new Product(url, performance.now() - started, child, secrets);
  }

  /** An access token of `admin` or `superadmin`. */
  async signIn(username: 'admin' | 'superadmin'): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: this.secrets.password }),
    });
    if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { accessToken: string }).accessToken;
  }

  get pid(): number {
    return this.child.pid!;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }
}

async function ready(url: string, child: ChildProcess, started: number): Promise<void> {
  while (performance.now() - started < READY_WITHIN_MS) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const response = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(20);
  }
  throw new Error('it was not ready in time');
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/platform/database/free-port.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = ['--import', './scripts/typescript.mjs', 'src/main.ts'];

/** The product as a process of its own, from source. */
export interface ProductProcess {
  child: ChildProcess;
  url: string;
  port: number;
  /** Everything it has printed so far. */
  output: () => string;
  /** Resolves when `/health/ready` answers 200; rejects when the process ends first. */
  ready: () => Promise<void>;
  /** Resolves with its exit code. */
  exited: Promise<number | null>;
}

/** Starts it with these settings and nothing else of our environment. Kill it in a `finally`. */
export async function startProduct(env: Record<string, string>): Promise<ProductProcess> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const child = spawn(process.execPath, PROGRAM, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => chunks.push(String(chunk)));
  const output = () => chunks.join('');
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  return { child, url, port, output, exited, ready: () => untilReady(url, exited, output) };
}

async function untilReady(url: string, exited: Promise<unknown>, output: () => string): Promise<void> {
  const ended = exited.then(() => 'ended' as const);
  for (;;) {
    const status = fetch(`${url}/health/ready`).then(
      (answer) => answer.status,
      () => 0,
    );
    const seen = await Promise.race([status, ended]);
    if (seen === 200) return;
    if (seen === 'ended') throw new Error(`The product ended before it was ready:\n${output()}`);
    await sleep(50);
  }
}

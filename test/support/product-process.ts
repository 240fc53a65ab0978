import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';

const fileOf = (path: string) => new URL(`../../${path}`, import.meta.url);

/** The flags that run a program of `src` from source, in whatever folder. */
export const sourceProgram = (path: string): string[] => [
  ...['--import', fileOf('scripts/typescript.mjs').href],
  fileURLToPath(fileOf(path)),
];
const PROGRAM = ['--import', fileOf('test/support/crash-points.mjs').href, ...sourceProgram('src/main.ts')];

/** A working directory without a `.env` of somebody who works on this checkout. */
const elsewhere = (): string => process.env['TEST_RUN_DIRECTORY'] ?? tmpdir();

/** Moments at which a change can be cut off (`node:diagnostics_channel` names without their prefix). */
export const CRASH_POINTS = ['before-commit', 'after-commit', 'before-emit', 'after-emit'] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Kills the product when it passes `point` for the `nth` time. */
export interface CrashAt {
  point: CrashPoint;
  nth: number;
}

/** The product as a process of its own, from source. */
export interface ProductProcess {
  child: ChildProcess;
  url: string;
  port: number;
  /** Everything it has printed so far. */
  output: () => string;
  /** Resolves when `/health/ready` answers 200; rejects when the process ends first. */
  ready: () => Promise<void>;
  /** Resolves with its exit code; null when a signal ended it. */
  exited: Promise<number | null>;
  /** Sends a signal; resolves with the exit code once it is gone. Fine to repeat. */
  kill: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** A start takes seconds, and each look at it takes a busy machine some ms. */
const READY_POLL_MS = 150;

/** How to start it: where it crashes, its arguments, its working directory. */
interface StartOptions {
  crashAt?: CrashAt | undefined;
  args?: string[];
  cwd?: string;
}

/** Starts it with these settings and nothing else of our environment. Kill it in a `finally`. */
export async function startProduct(
  env: Record<string, string>,
  { crashAt, args = [], cwd = elsewhere() }: StartOptions = {},
): Promise<ProductProcess> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const child = spawn(process.execPath, [...PROGRAM, ...args], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      ...(crashAt && { CRASH_AT: `${crashAt.point}:${crashAt.nth}` }),
      ...env,
    },
    // The channel carries nothing: it closes when this process ends, however it ends.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => chunks.push(String(chunk)));
  const output = () => chunks.join('');
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal);
    return exited;
  };
  return { child, url, port, output, exited, ready: () => untilReady(url, exited, output), kill };
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
    await sleep(READY_POLL_MS);
  }
}

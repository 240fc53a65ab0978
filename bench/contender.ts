import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Request } from 'autocannon';

/** What one measurement sends; the driver loop understands it too. */
export interface Load {
  url: string;
  requests: (Request & { method: 'GET' | 'POST'; path: string; body?: string })[];
  connections: number;
  amount: number;
}

export interface LoadResult {
  /** Milliseconds of each 2xx answer, ascending. */
  times: number[];
  /** Status (0: no answer) and how often. */
  refused: [number, number][];
  seconds: number;
}

const HOOK = new URL('../scripts/typescript.mjs', import.meta.url).href;
const started = new Set<ChildProcess>();

/** Sees to it that a process goes when we do. */
export function adopt(child: ChildProcess): void {
  started.add(child);
  child.once('exit', () => started.delete(child));
}

/** One of our files as a process of its own; it leaves when we do. */
export function start(file: string, args: string[]): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, args, { execArgv: ['--import', HOOK] });
  adopt(child);
  return child;
}

/** Ends every process that the bench started. */
export function stopAll(): void {
  for (const child of started) child.kill();
}

/** The next message of a child; rejects when it dies instead. */
export async function answer<T>(child: ChildProcess): Promise<T> {
  const gone = new AbortController();
  const message = once(child, 'message', { signal: gone.signal }).then(([value]) => value as T);
  const exit = once(child, 'exit', { signal: gone.signal }).then(([code]) => {
    throw new Error(`${child.spawnargs.at(-1)} ended with ${code}`);
  });
  try {
    return await Promise.race([message, exit]);
  } finally {
    gone.abort();
    await Promise.allSettled([message, exit]);
  }
}

/** Starts bare Express on the database. */
export async function startBareExpress(
  databaseUrl: string,
  pool: number,
): Promise<{ url: string; pid: number }> {
  const child = start('./bare-express.ts', [databaseUrl, String(pool)]);
  const { port } = await answer<AddressInfo>(child);
  return { url: `http://127.0.0.1:${port}`, pid: child.pid! };
}

export type Shooter = (load: Load) => Promise<LoadResult>;

/** Starts the load generator. */
export function startLoad(): Shooter {
  const child = start('./load.ts', []);
  return (load) => {
    child.send(load);
    return answer<LoadResult>(child);
  };
}

/** Starts the driver loop, which is load and server in one. */
export async function startDriverLoop(
  databaseUrl: string,
  pool: number,
): Promise<{ shoot: Shooter; pid: number }> {
  const child = start('./driver-loop.ts', [databaseUrl, String(pool)]);
  await answer(child);
  const shoot: Shooter = (load) => {
    child.send(load);
    return answer<LoadResult>(child);
  };
  return { shoot, pid: child.pid! };
}

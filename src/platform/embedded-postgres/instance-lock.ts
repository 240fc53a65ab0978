import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isAlive } from './postgres-pid-file.js';

/** `starttime` in proc_pid_stat(5), counted from the state that follows the name. */
const START_FIELD = 19;

interface Holder {
  pid: number;
  startedAt: string;
}

/** When a process started, in the system's own words: two processes that carry one pid in turn differ in it. */
function startOf(pid: number): string {
  try {
    if (process.platform === 'linux') {
      const [afterName] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').slice(-1);
      return afterName?.split(' ')[START_FIELD] ?? 'gone';
    }
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return 'gone';
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Keeps two copies of the application out of one data directory; a lock whose process is gone counts for nothing. */
export class InstanceLock {
  readonly #file: string;
  readonly #directory: string;
  #held = false;

  constructor(directory: string) {
    this.#directory = directory;
    this.#file = path.join(directory, 'concierge.lock');
  }

  /** Takes the lock, or throws a message that names the process which holds it. */
  async acquire(): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const holder: Holder = { pid: process.pid, startedAt: startOf(process.pid) };
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        await writeFile(this.#file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
        this.#held = true;
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      await this.#removeIfStale();
    }
    throw new Error(`Could not take the lock ${this.#file}.`);
  }

  async #removeIfStale(): Promise<void> {
    const holder = await readHolder(this.#file);
    if (holder && isAlive(holder.pid) && startOf(holder.pid) === holder.startedAt) {
      throw new Error(
        `Concierge already runs on ${this.#directory} (process ${holder.pid}). Stop it first, or set another DATA_DIR.`,
      );
    }
    await rm(this.#file, { force: true });
  }

  /** Gives the lock back, if it is ours. */
  release(): void {
    if (!this.#held) return;
    this.#held = false;
    rmSync(this.#file, { force: true });
  }
}

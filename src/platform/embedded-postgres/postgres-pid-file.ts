import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a postmaster writes about itself into `postmaster.pid` (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*). */
export interface Postmaster {
  pid: number;
  port: number;
}

function pidFile(directory: string): string {
  return path.join(directory, 'postmaster.pid');
}

/** True while a process with this id exists and is not merely waiting to be reaped. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** A postmaster keeps its command line, and ours names the data directory. */
function isPostmasterOf(pid: number, directory: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(directory);
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(
      directory,
    );
  } catch {
    return false;
  }
}

/** The postmaster that runs on `directory` (an absolute real path), no matter who started it; undefined when there is none. */
export async function findPostmaster(directory: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(directory), 'utf8').catch(() => '');
  const [pid, , , port] = text.split('\n').map(Number);
  if (!pid || !port || !isAlive(pid) || !isPostmasterOf(pid, directory)) return undefined;
  return { pid, port };
}

/**
 * After a reboot another process may carry the pid in the file, and PostgreSQL would refuse to start. It takes its parent's
 * pid as stale, so ours goes in; the rest stays, because PostgreSQL checks the old shared memory with it.
 */
export async function disownPidFile(directory: string): Promise<void> {
  const text = await readFile(pidFile(directory), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  await writeFile(pidFile(directory), text.replace(/^\d+/, String(process.pid)));
}

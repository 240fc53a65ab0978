import { chmod, lchown, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Rights that PostgreSQL refuses to have on its data directory: anything for others, writing for the group. */
const TOO_OPEN = 0o027;

/** Who has to own the files. */
export interface Owner {
  uid: number;
  gid: number;
}

/** Who runs this process; undefined where files have no such owner (Windows). */
export function processOwner(): Owner | undefined {
  const { getuid, getgid } = process;
  return getuid === undefined || getgid === undefined ? undefined : { uid: getuid(), gid: getgid() };
}

/**
 * Gives a data directory the owner and mode that PostgreSQL insists on: a copy by `cp -r` belongs to the account that copied it and
 * is open to others. Root repairs it; anybody else gets the command. `owner` is the account that PostgreSQL runs as.
 */
export async function repairOwnership(
  directory: string,
  owner: Owner | undefined,
  log: (message: string) => void,
): Promise<void> {
  if (owner === undefined) return;
  const { uid, mode } = await stat(directory);
  if (uid !== owner.uid) {
    if (processOwner()?.uid !== 0) throw new Error(ownershipFault(directory, uid, owner));
    log(`${directory} belongs to user ${uid}, as after a copy: giving it to user ${owner.uid}.`);
    await giveTo(directory, owner);
  }
  if ((mode & TOO_OPEN) !== 0) await chmod(directory, 0o700);
}

/** What to tell somebody whose files belong to another user. */
export function ownershipFault(directory: string, uid: number, owner: Owner): string {
  return (
    `${directory} belongs to user ${uid}, but the database runs as user ${owner.uid}, as after a copy by another user. ` +
    `Run: sudo chown -R ${owner.uid}:${owner.gid} ${directory}`
  );
}

async function giveTo(directory: string, { uid, gid }: Owner): Promise<void> {
  await lchown(directory, uid, gid);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true }))
    await lchown(path.join(entry.parentPath, entry.name), uid, gid);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InstanceLock } from './instance-lock.js';

describe('InstanceLock', () => {
  let directory: string;
  let file: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'lock-'));
    file = path.join(directory, 'concierge.lock');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is held by one and can be taken again after it was given back', async () => {
    const lock = new InstanceLock(directory);
    await lock.acquire();
    await expect(new InstanceLock(directory).acquire()).rejects.toThrow(
      `Concierge already runs on ${directory} (process ${process.pid}). Stop it first, or set another DATA_DIR.`,
    );
    lock.release();
    await new InstanceLock(directory).acquire();
  });

  it('is not taken away by giving back a lock that was never held', async () => {
    await new InstanceLock(directory).acquire();
    const second = new InstanceLock(directory);
    await expect(second.acquire()).rejects.toThrow('already runs');
    second.release();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('counts for nothing when its process has died', async () => {
    const child = spawn(process.execPath, ['-e', '0']);
    await once(child, 'exit');
    await writeFile(file, JSON.stringify({ pid: child.pid, startedAt: '1' }));
    await new InstanceLock(directory).acquire();
  });

  it('counts for nothing when another process has got its pid', async () => {
    await writeFile(file, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    await new InstanceLock(directory).acquire();
  });

  it('counts for nothing when it is empty or torn', async () => {
    await writeFile(file, '{"pid":');
    await new InstanceLock(directory).acquire();
  });
});

import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { unavailable } from '../http/errors/domain-error.js';
import { FileStorage } from './file-storage.js';

const FOLDER = 'files';
const KEY = /^[a-z0-9-]+(\/[A-Za-z0-9_-]+)+\.[a-z0-9]+$/;
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO']);

/** Files in DATA_DIR/files, for nobody but the owner of the process. Several nodes must share that folder. */
@Injectable()
export class DiskStorage extends FileStorage {
  private readonly root: string;

  constructor(@Inject(CONFIG) config: Config) {
    super();
    this.root = join(config.dataDir, FOLDER);
  }

  /** Writes beside the place and moves it there, so that nobody ever reads half a file. */
  async put(key: string, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(key);
    const draft = `${path}.${randomUUID()}.draft`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeDurably(draft, bytes);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      if (NO_ROOM.has((error as NodeJS.ErrnoException).code ?? ''))
        throw Object.assign(unavailable('There is no room for this file right now. Try again later.', 60), {
          cause: error,
        });
      throw error;
    }
  }

  async read(key: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.pathOf(key));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  private pathOf(key: string): string {
    if (!KEY.test(key)) throw new Error(`This is not a storage key: ${key}`);
    return join(this.root, key);
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

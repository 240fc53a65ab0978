import { randomBytes } from 'node:crypto';
import { notFound } from '../http/errors/domain-error.js';
import type { FileStorage } from '../storage/file-storage.js';

/** 128 random bits: a new picture has a new address, so that any copy may be kept forever. */
const NAME = /^[A-Za-z0-9_-]{22}\.webp$/;

/** Pictures of one kind, kept as WebP files of one folder. */
export class KeptPictures {
  constructor(
    private readonly storage: FileStorage,
    private readonly folder: string,
  ) {}

  /** Keeps a WebP under a new name and hands that to `use`; a failure of `use` takes the file away again. */
  async keep<Result>(bytes: Uint8Array, use: (name: string) => Promise<Result>): Promise<Result> {
    const name = `${randomBytes(16).toString('base64url')}.webp`;
    await this.storage.put(this.keyOf(name), bytes);
    try {
      return await use(name);
    } catch (error) {
      await this.storage.delete(this.keyOf(name));
      throw error;
    }
  }

  /** The WebP of a name; 404 for any other. */
  async read(name: string): Promise<Buffer> {
    const bytes = NAME.test(name) ? await this.storage.read(this.keyOf(name)) : undefined;
    if (bytes === undefined) throw notFound('Picture');
    return bytes;
  }

  /** Does nothing for what is no name. */
  async delete(name: string): Promise<void> {
    if (NAME.test(name)) await this.storage.delete(this.keyOf(name));
  }

  private keyOf(name: string): string {
    return `${this.folder}/${name}`;
  }
}

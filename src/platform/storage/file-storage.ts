/** Where files are kept. A key is a path of plain names, such as `avatars/4f….webp`; each is written once. */
export abstract class FileStorage {
  /** Resolves when the bytes are safe. Throws 503 when there is no room. */
  abstract put(key: string, bytes: Uint8Array): Promise<void>;

  /** The bytes, or undefined when there is no such file. */
  abstract read(key: string): Promise<Buffer | undefined>;

  /** Fine to repeat. */
  abstract delete(key: string): Promise<void>;
}

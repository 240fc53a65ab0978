import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { Operation } from './judge-operations.js';

/** What an answer said that can be checked later. */
export interface Witnessed {
  /** Of the ticket, message, call or request. */
  id?: string;
  seq?: number;
  number?: string;
  adminId?: number | null;
}

/** One line of the journal. `lost`: nobody knows whether it was done. `found`: what the database held of a lost one. */
export type Entry =
  | { what: 'sent'; op: Operation }
  | { what: 'acked'; op: string; answer: Witnessed }
  | { what: 'refused'; op: string; code: string }
  | { what: 'lost'; op: string; why: string }
  | { what: 'found'; op: string; rows: string[] };

/** The witness: every line is on disk before the test goes on, so that what it says was said in time. */
export class Journal {
  private lines: string[] = [];
  private current: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async open(path: string): Promise<Journal> {
    return new Journal(path, await open(path, 'a'));
  }

  /** Resolves when the line is on disk; lines that come together are written together. */
  write(entry: Entry): Promise<void> {
    this.lines.push(`${JSON.stringify(entry)}\n`);
    this.next ??= this.current.then(() => this.flush());
    return this.next;
  }

  /** What is on disk, oldest first. */
  async read(): Promise<Entry[]> {
    const text = await readFile(this.path, 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry);
  }

  async close(): Promise<void> {
    await this.next;
    await this.file.close();
  }

  private async flush(): Promise<void> {
    const text = this.lines.join('');
    this.lines = [];
    this.current = this.next ?? this.current;
    this.next = undefined;
    await this.file.appendFile(text);
    await this.file.datasync();
  }
}

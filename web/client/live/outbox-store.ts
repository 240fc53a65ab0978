import { fieldsOf } from '../failure.js';

/** The part of `localStorage` an outbox needs; may throw, as `localStorage` does when full or forbidden. */
export interface OutboxStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** One message on its way. Objects are replaced, never changed, so they suit a view's state. */
export interface OutboxEntry {
  readonly clientMessageId: string;
  readonly content: string;
  readonly attachmentIds?: readonly string[];
  /** When the user sent it, ISO 8601. */
  readonly createdAt: string;
  /** `sent`: stored by the server, its event has not arrived yet. */
  readonly state: 'sending' | 'failed' | 'sent';
  /** Whether `retry` can help; set when `failed`. */
  readonly retryable?: boolean;
  /** Why the last attempt failed: an error code and its text. */
  readonly reason?: { readonly code: string; readonly message: string };
  /** When the next attempt is due, in epoch milliseconds, while waiting for it. */
  readonly retryAt?: number;
  /** The stored message's place in the stream; set when `sent`. */
  readonly seq?: number;
}

/** Keeps unsent messages over a reload. Each write touches one entry, so that two tabs do not erase each other's. */
export class OutboxStore {
  readonly #storage?: OutboxStorage;
  readonly #key: string;
  readonly #onProblem: (error: unknown) => void;

  constructor(storage: OutboxStorage | undefined, key: string, onProblem: (error: unknown) => void) {
    this.#storage = storage;
    this.#key = key;
    this.#onProblem = onProblem;
  }

  load(): OutboxEntry[] {
    try {
      const stored: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isEntry) : [];
    } catch (error) {
      this.#onProblem(error);
      return [];
    }
  }

  put(entry: OutboxEntry): void {
    const stored = this.load();
    const index = stored.findIndex((other) => other.clientMessageId === entry.clientMessageId);
    stored.splice(index < 0 ? stored.length : index, 1, entry);
    this.#save(stored);
  }

  remove(clientMessageId: string): void {
    const stored = this.load();
    const kept = stored.filter((entry) => entry.clientMessageId !== clientMessageId);
    if (kept.length < stored.length) this.#save(kept);
  }

  #save(entries: readonly OutboxEntry[]): void {
    try {
      if (entries.length) this.#storage?.setItem(this.#key, JSON.stringify(entries));
      else this.#storage?.removeItem(this.#key);
    } catch (error) {
      this.#onProblem(error);
    }
  }
}

function isEntry(value: unknown): value is OutboxEntry {
  const { clientMessageId, content } = fieldsOf(value);
  return typeof clientMessageId === 'string' && typeof content === 'string';
}

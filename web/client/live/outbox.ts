import { serverNow } from '../clock.js';
import { asFailure, backoff, type Failure, type Timing } from '../failure.js';
import type { OutboxEntry, OutboxStore } from './outbox-store.js';
import { Pause } from '../pause.js';

export interface OutboxOptions {
  readonly store: OutboxStore;
  readonly timing: Timing;
  /** Sends one message and answers its place in the stream, if told; throws a `Failure`. */
  readonly deliver: (entry: OutboxEntry) => Promise<number | undefined>;
  /** Client ids of messages that are shown already. */
  readonly known: ReadonlySet<unknown>;
  /** The newest event the stream has shown. */
  readonly last: () => number;
  readonly onChange: (entries: readonly OutboxEntry[]) => void;
}

export type Draft = Pick<OutboxEntry, 'clientMessageId' | 'content' | 'attachmentIds'>;

/**
 * The messages of one ticket that the server has not confirmed in the stream. One at a time and in order, each
 * under its `clientMessageId` until it is stored, so that a repeated attempt cannot store it twice.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #pause = new Pause();
  #entries: readonly OutboxEntry[];
  #failures = 0;
  /** The server asked for silence until then (epoch milliseconds). */
  #notBefore = 0;
  #pumping = false;
  #closed = false;
  /** The message being sent, and how to stop waiting for an answer that is no longer needed. */
  #current?: string;
  #letGo?: () => void;

  constructor(options: OutboxOptions) {
    this.#options = options;
    const stored = options.store.load();
    const isKnown = (entry: OutboxEntry) => options.known.has(entry.clientMessageId);
    for (const entry of stored.filter(isKnown)) options.store.remove(entry.clientMessageId);
    this.#entries = stored
      .filter((entry) => !isKnown(entry))
      .map((entry) => (isRefused(entry) ? entry : again(entry)));
  }

  get entries(): readonly OutboxEntry[] {
    return this.#entries;
  }

  send(draft: Draft): void {
    if (this.#entries.some((entry) => entry.clientMessageId === draft.clientMessageId)) return;
    const entry: OutboxEntry = { ...draft, createdAt: new Date(serverNow()).toISOString(), state: 'sending' };
    this.#options.store.put(entry);
    this.#change([...this.#entries, entry]);
    this.resume();
  }

  /** Tries one failed message again; those that only wait for better times go along, in order. */
  retry(clientMessageId: string): void {
    this.#replace((entry) => (entry.clientMessageId === clientMessageId ? again(entry) : entry));
    this.resume();
  }

  discard(clientMessageId: string): void {
    this.#drop((entry) => entry.clientMessageId === clientMessageId);
  }

  /** Conditions may have improved: what failed for a passing reason is sent again, now. */
  resume(): void {
    this.#failures = 0;
    this.#replace((entry) => (entry.state === 'failed' && entry.retryable ? again(entry) : entry));
    this.#pause.end();
    void this.#pump();
  }

  /** Drops what the stream now shows: by its client id, or because the stream has passed its place. */
  settle(clientMessageIds: ReadonlySet<unknown>, last: number): void {
    this.#drop(
      ({ clientMessageId, seq }) =>
        clientMessageIds.has(clientMessageId) || (seq !== undefined && seq <= last),
    );
  }

  close(): void {
    this.#closed = true;
    this.#pause.end();
    this.#letGo?.();
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    for (let entry = this.#next(); entry; entry = this.#next()) {
      const wait = this.#notBefore - performance.now();
      if (wait > 0) await this.#pause.wait(wait);
      else await this.#attempt(entry);
    }
    this.#current = undefined;
    this.#pumping = false;
  }

  #next(): OutboxEntry | undefined {
    return this.#closed ? undefined : this.#entries.find((entry) => entry.state === 'sending');
  }

  async #attempt(entry: OutboxEntry): Promise<void> {
    const id = (this.#current = entry.clientMessageId);
    const settled = new Promise<void>((resolve) => (this.#letGo = resolve));
    try {
      const seq = await Promise.race([this.#options.deliver(entry), settled]);
      this.#failures = 0;
      if (!this.#closed) this.#onDelivered(id, seq ?? undefined);
    } catch (error) {
      if (!this.#closed) await this.#onFailure(id, asFailure(error));
    }
  }

  #onDelivered(id: string, seq: number | undefined): void {
    this.#options.store.remove(id);
    this.#patch(id, { state: 'sent', seq, reason: undefined, retryAt: undefined });
    this.settle(new Set(), this.#options.last());
  }

  async #onFailure(id: string, failure: Failure): Promise<void> {
    const reason = { code: failure.code, message: failure.message };
    this.#notBefore = performance.now() + failure.retryAfterMs;
    if (failure.code === 'UNAUTHORIZED') {
      this.#giveUp(reason);
      return;
    }
    if (!failure.retryable) {
      this.#patch(id, { state: 'failed', retryable: false, reason });
      return;
    }
    if (++this.#failures >= this.#options.timing.maxAttempts) {
      this.#giveUp(reason);
      return;
    }
    const wait = Math.max(failure.retryAfterMs, backoff(this.#failures, this.#options.timing));
    this.#patch(id, { reason, retryAt: serverNow() + wait });
    await this.#pause.wait(wait);
  }

  /** The whole queue stops, so that nothing overtakes the first message. */
  #giveUp(reason: OutboxEntry['reason']): void {
    this.#replace((entry) =>
      entry.state === 'sending'
        ? { ...entry, state: 'failed', retryable: true, reason, retryAt: undefined }
        : entry,
    );
  }

  #patch(id: string, fields: Partial<OutboxEntry>): void {
    this.#replace((entry) => (entry.clientMessageId === id ? { ...entry, ...fields } : entry));
  }

  #drop(isGone: (entry: OutboxEntry) => boolean): void {
    const gone = this.#entries.filter(isGone);
    if (!gone.length) return;
    for (const entry of gone) this.#options.store.remove(entry.clientMessageId);
    this.#change(this.#entries.filter((entry) => !gone.includes(entry)));
    if (!gone.some((entry) => entry.clientMessageId === this.#current)) return;
    this.#letGo?.();
    this.#pause.end();
  }

  #replace(change: (entry: OutboxEntry) => OutboxEntry): void {
    const entries = this.#entries.map(change);
    const changed = entries.filter((entry, index) => entry !== this.#entries[index]);
    if (!changed.length) return;
    for (const entry of changed) if (entry.state !== 'sent') this.#options.store.put(entry);
    this.#change(entries);
  }

  #change(entries: readonly OutboxEntry[]): void {
    this.#entries = entries;
    this.#options.onChange(entries);
  }
}

/** The server said no, not later: only the user may try that again. */
function isRefused(entry: OutboxEntry): boolean {
  return entry.state === 'failed' && entry.retryable === false;
}

function again(entry: OutboxEntry): OutboxEntry {
  if (entry.state === 'sent') return entry;
  return { ...entry, state: 'sending', retryable: undefined, reason: undefined, retryAt: undefined };
}

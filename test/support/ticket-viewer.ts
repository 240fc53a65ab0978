import { setTimeout as sleep } from 'node:timers/promises';
import type { TicketEventPayload } from '../../src/contract/events/event-payload.js';
import type { Timing } from '../../web/client/failure.js';
import type { StreamState } from '../../web/client/live/ticket-sync.js';
import type { OutboxEntry } from '../../web/client/live/outbox-store.js';
import type { StreamOptions, TicketStream } from '../../web/client/live/ticket-stream.js';
import {
  createConnection,
  type Connection,
  type ConnectionOptions,
} from '../../web/client/live/connection.js';

/**
 * Pauses are short, so that a test takes no longer than its events; waits for an answer are long, so that a busy
 * machine changes nothing. A test that loses answers, or lives without a socket, says so in its `timing`.
 */
const CALM: Timing = {
  ackTimeout: 20_000,
  httpTimeout: 20_000,
  retryMin: 5,
  retryMax: 40,
  gapGrace: 2,
  pollEvery: 3_600_000,
  maxAttempts: 3,
  typingEvery: 60_000,
  typingIdle: 60_000,
};

/** A connection whose faults fail the test that has caused them. */
export function connect(url: string, options: Partial<ConnectionOptions> = {}): Connection {
  return createConnection({
    url,
    socketOptions: { reconnectionDelay: 5, reconnectionDelayMax: 20 },
    onProblem: (error) => {
      throw error;
    },
    ...options,
    timing: { ...CALM, ...options.timing },
  });
}

/** One page that follows a ticket, and keeps what it was told. */
export class TicketViewer {
  readonly events: TicketEventPayload[] = [];
  readonly states: StreamState[] = [];
  readonly resets: number[] = [];
  /** Message ids that were on the screen twice at once; must stay empty. */
  readonly doubles: string[] = [];
  readonly stream: TicketStream;
  outbox: readonly OutboxEntry[] = [];

  constructor(connection: Connection, ticketId: string, options: Partial<StreamOptions> = {}) {
    this.stream = connection.ticket(ticketId, {
      onEvents: (events) => {
        this.events.push(...events);
        this.#look();
      },
      onState: (state) => this.states.push(state),
      onReset: async (seq) => {
        this.resets.push(seq);
        return undefined;
      },
      onOutbox: (entries) => {
        this.outbox = entries;
        this.#look();
      },
      ...options,
    });
    this.outbox = this.stream.outbox;
  }

  get seqs(): number[] {
    return this.events.map((event) => event.seq);
  }

  get outboxStates(): string[] {
    return this.outbox.map((entry) => entry.state);
  }

  /** Texts as the user reads them: the thread, then what is under way. */
  get texts(): unknown[] {
    const posted = this.events.filter((event) => event.type === 'message.posted');
    return [...posted, ...this.outbox].map((message) => message.content);
  }

  #look(): void {
    const ids = this.events.map(clientIdOf).filter((id) => typeof id === 'string');
    const shown = [...ids, ...this.outbox.map((entry) => entry.clientMessageId)];
    this.doubles.push(...shown.filter((id, index) => shown.indexOf(id) !== index));
  }
}

export function clientIdOf(event: TicketEventPayload): string | null | undefined {
  return 'clientMessageId' in event ? event.clientMessageId : undefined;
}

export function contentOf(event: TicketEventPayload): string | undefined {
  return 'content' in event ? event.content : undefined;
}

/** Waits for a condition; `state` tells what was there instead. */
export async function until(condition: () => boolean, state?: () => unknown): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end)
      throw new Error(`Waited in vain: ${JSON.stringify(state?.() ?? String(condition))}`);
    await sleep(5);
  }
}

/** `localStorage` for a test; `full` makes it refuse to write. */
export class MemoryStorage {
  readonly items = new Map<string, string>();
  full = false;

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.full) throw new Error('QuotaExceededError');
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}

import type { TicketEventPayload } from '../../../src/contract/events/event-payload.js';
import { asFailure, backoff, type Failure } from '../failure.js';
import type { StreamContext, StreamState } from './ticket-sync.js';
import { Pause } from '../pause.js';

export interface MonitorOptions<E extends TicketEventPayload> {
  /** An event of any ticket, each once; `name` is the socket event (`ticket:new`, `call:requested`, …). */
  readonly onEvent: (event: E, name: string) => void;
  /** Something may have been missed, also at the start: load the board afresh. */
  readonly onResync: () => void;
  readonly onState?: (state: StreamState, reason?: Failure) => void;
}

/** Events remembered so that one which arrives by two rooms is told once. */
const REMEMBERED = 1_000;

/** The board of all tickets, for staff. It has no sequence of its own: after an interruption the owner reloads. */
export class Monitor<E extends TicketEventPayload> {
  readonly #options: MonitorOptions<E>;
  readonly #context: StreamContext<E>;
  readonly #onClose: (monitor: Monitor<E>) => void;
  readonly #pause = new Pause();
  readonly #seen = new Set<string>();
  #state: StreamState = 'catching-up';
  #joined = false;
  #joining = false;
  #stopped = false;
  #closed = false;

  constructor(options: MonitorOptions<E>, context: StreamContext<E>, onClose: (monitor: Monitor<E>) => void) {
    this.#options = options;
    this.#context = context;
    this.#onClose = onClose;
  }

  get state(): StreamState {
    return this.#state;
  }

  receive(event: E, name: string): void {
    const key = `${event.ticketId} ${event.seq}`;
    if (!this.#joined || this.#seen.has(key)) return;
    this.#seen.add(key);
    for (const oldest of this.#seen) if (this.#seen.size > REMEMBERED) this.#seen.delete(oldest);
    this.#tell(() => this.#options.onEvent(event, name));
  }

  /** For the connection: the owner holds the monitor now. */
  start(): void {
    this.linkChanged();
  }

  linkChanged(): void {
    const { state } = this.#context.link;
    this.#joined = false;
    if (state === 'online') {
      this.resume();
      return;
    }
    this.#pause.end();
    this.#setState(state === 'unauthorized' ? 'failed' : state === 'connecting' ? 'catching-up' : 'offline');
  }

  /** Joins again, and with it checks whether the socket still lives. */
  wake(): void {
    this.#joined = false;
    this.#pause.end();
    void this.#join();
  }

  /** Tries again after `failed`. */
  resume(): void {
    this.#stopped = this.#closed;
    this.wake();
  }

  close(): void {
    this.#stopped = this.#closed = true;
    this.#pause.end();
    this.#context.link.cast('admin_leave_ticket_monitor', {});
    this.#onClose(this);
  }

  async #join(): Promise<void> {
    if (this.#joining) return;
    this.#joining = true;
    for (let attempt = 1; this.#mayJoin(); attempt++) {
      this.#setState('catching-up');
      const failure = await this.#joinOnce();
      if (failure) await this.#stumble(failure, attempt);
    }
    this.#joining = false;
  }

  #mayJoin(): boolean {
    return !this.#joined && !this.#stopped && this.#context.link.state === 'online';
  }

  async #joinOnce(): Promise<Failure | undefined> {
    const { link } = this.#context;
    const socketId = link.id;
    try {
      await link.request('admin_join_ticket_monitor', {});
    } catch (error) {
      return asFailure(error);
    }
    this.#joined = link.id === socketId;
    if (!this.#joined || this.#stopped) return undefined;
    this.#setState('live');
    this.#tell(() => this.#options.onResync());
    return undefined;
  }

  async #stumble(failure: Failure, attempt: number): Promise<void> {
    const { link, timing } = this.#context;
    if (!failure.retryable) {
      this.#stopped = true;
      this.#setState('failed', failure);
      return;
    }
    if (failure.code === 'TIMEOUT') link.reconnect();
    if (attempt >= timing.maxAttempts) this.#setState('degraded', failure);
    await this.#pause.wait(Math.max(backoff(attempt, timing), failure.retryAfterMs));
  }

  #setState(state: StreamState, reason?: Failure): void {
    if (state === this.#state || this.#closed) return;
    this.#state = state;
    this.#tell(() => this.#options.onState?.(state, reason));
  }

  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#context.onProblem(error);
    }
  }
}

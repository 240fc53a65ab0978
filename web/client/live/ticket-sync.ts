import type { CatchUp, TicketEventPayload } from '../../../src/contract/events/event-payload.js';
import { asFailure, backoff, Failure, type Timing } from '../failure.js';
import { isPageHidden } from './page.js';
import { Pause } from '../pause.js';
import { isBehind, receive, restartAt, sawHead, startAt, type Sequence, type Step } from './sequence.js';
import type { SocketLink } from './socket-link.js';
import type { TicketHttp } from './ticket-http.js';
import { catchUpFrom } from './wire.js';

/**
 * `live`: everything is here. `catching-up`: on the way to that. `degraded`: it works, but late (no socket, or
 * catching up keeps failing and is still tried). `offline`: no connection at all, still trying.
 * `failed`: refused by the server, or signed out; nothing more comes until `resume()`.
 */
export type StreamState = 'live' | 'catching-up' | 'degraded' | 'offline' | 'failed';

/** What a stream needs from its connection. */
export interface StreamContext<E extends TicketEventPayload> {
  readonly link: SocketLink;
  readonly http: TicketHttp<E>;
  readonly timing: Timing;
  /** Told of faults that change no state: a full storage, an owner's callback that throws. */
  readonly onProblem: (error: unknown) => void;
}

export interface TicketSyncOptions<E extends TicketEventPayload> {
  readonly ticketId: string;
  readonly donorId?: string;
  readonly lastSeq: number;
  readonly onEvents: (events: readonly E[]) => void;
  /** Loads a snapshot and answers how far it reaches; `seq` if it does not say. */
  readonly onReset: (seq: number) => Promise<number | undefined>;
  readonly onJoined: () => void;
  readonly onState: (state: StreamState, reason?: Failure) => void;
}

/** Keeps one ticket's events complete: joins its room, notices what is missing and fetches it, for as long as it takes. */
export class TicketSync<E extends TicketEventPayload> {
  readonly #options: TicketSyncOptions<E>;
  readonly #context: StreamContext<E>;
  readonly #pause = new Pause();
  readonly #poll: ReturnType<typeof setInterval>;
  #sequence: Sequence<E>;
  #state: StreamState = 'catching-up';
  #reason?: Failure;
  #joined = false;
  /** Whether the server still answers by HTTP while the socket is unavailable. */
  #reachable = false;
  #attempts = 0;
  #forced = false;
  #running = false;
  /** Why there is nothing more to try. */
  #failure?: Failure;
  #closed = false;
  /** HTTP is to be left alone until then (milliseconds since the page was opened). */
  #httpFrom = 0;

  constructor(options: TicketSyncOptions<E>, context: StreamContext<E>) {
    this.#options = options;
    this.#context = context;
    this.#sequence = startAt(options.lastSeq);
    this.#poll = setInterval(() => this.#pollOnce(), context.timing.pollEvery);
  }

  get state(): StreamState {
    return this.#state;
  }

  get reason(): Failure | undefined {
    return this.#failure ?? this.#reason;
  }

  get lastSeq(): number {
    return this.#sequence.last;
  }

  /** Whether live events arrive and the socket may be used for this ticket. */
  get joined(): boolean {
    return this.#joined;
  }

  receive(event: E): void {
    if (this.#isStopped()) return;
    this.#apply(receive(this.#sequence, [event]));
    this.#sync();
  }

  sawHead(seq: number): void {
    this.#sequence = sawHead(this.#sequence, seq);
    this.#sync();
  }

  /** Something may have been missed without a sign: checks, and with it whether the socket still lives. */
  wake(): void {
    this.#joined = false;
    this.#forced = true;
    this.#attempts = 0;
    this.#pause.end();
    this.#sync();
  }

  /** Tries again after `failed`. */
  resume(): void {
    this.#failure = undefined;
    this.wake();
  }

  linkChanged(): void {
    const { state } = this.#context.link;
    this.#joined = false;
    if (state === 'unauthorized') this.#fail(new Failure('UNAUTHORIZED', 'Please sign in again.', false));
    if (state === 'online') this.#onOnline();
    this.#refresh();
  }

  close(): void {
    this.#closed = true;
    this.#joined = false;
    clearInterval(this.#poll);
    this.#pause.end();
  }

  #onOnline(): void {
    this.#attempts = 0;
    this.#reachable = false;
    if (this.#failure?.code === 'UNAUTHORIZED') this.#failure = undefined;
    this.#pause.end();
    this.#sync();
  }

  #pollOnce(): void {
    if (this.#isOnline() || isPageHidden()) return;
    this.#forced = true;
    this.#sync();
  }

  #isOnline(): boolean {
    return this.#context.link.state === 'online';
  }

  #isStopped(): boolean {
    return this.#closed || this.#failure !== undefined;
  }

  #needsSync(): boolean {
    if (this.#isStopped()) return false;
    return this.#forced || isBehind(this.#sequence) || (this.#isOnline() && !this.#joined);
  }

  #sync(): void {
    if (!this.#running && this.#needsSync()) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    // What is only late, say from another node, arrives by itself.
    if (this.#joined && !this.#forced) await this.#pause.wait(this.#context.timing.gapGrace);
    while (this.#needsSync()) {
      this.#refresh();
      const viaSocket = this.#usesSocket();
      const hold = viaSocket ? 0 : this.#httpFrom - performance.now();
      if (hold > 0) await this.#pause.wait(hold);
      else await this.#attempt(viaSocket);
    }
    this.#running = false;
    this.#refresh();
  }

  /** Joining comes first, later gaps are fetched; each failure tries the other way next. */
  #usesSocket(): boolean {
    if (!this.#isOnline()) return false;
    return this.#httpFrom > performance.now() || this.#joined === (this.#attempts % 2 === 1);
  }

  async #attempt(viaSocket: boolean): Promise<void> {
    const wasOnline = this.#isOnline();
    this.#forced = false;
    try {
      if (!(await this.#advance(viaSocket))) return;
      this.#reachable = !viaSocket && !this.#isOnline();
      if (wasOnline && this.#isOnline() && !this.#joined) throw this.#reason ?? behind();
      this.#attempts = 0;
      this.#reason = undefined;
    } catch (error) {
      if (!this.#isStopped()) await this.#stumble(asFailure(error), viaSocket);
    }
  }

  /** One answer further, unless interrupted; none further although there is more counts as a failure. */
  async #advance(viaSocket: boolean): Promise<boolean> {
    const before = this.#sequence.last;
    const answer = viaSocket ? await this.#join(before) : await this.#fetch(before);
    if (!answer) return false;
    try {
      await this.#accept(answer, before);
    } finally {
      if (viaSocket && this.#joined) this.#options.onJoined();
    }
    if (isBehind(this.#sequence) && this.#sequence.last === before) throw behind();
    return true;
  }

  /** Answers nothing when something better to do has come up, such as joining by a socket that is back. */
  #fetch(after: number): Promise<CatchUp<E> | undefined> {
    const answer = this.#context.http.fetchEvents(this.#options.ticketId, after);
    return Promise.race([answer, this.#pause.ended()]);
  }

  async #accept(answer: CatchUp<E>, before: number): Promise<void> {
    if (this.#isStopped()) return;
    // A log that ends before what was asked for was restored from a backup.
    if (answer.reset || answer.seq < before) return this.#reset(answer.seq);
    this.#apply(receive(sawHead(this.#sequence, answer.seq), answer.events));
  }

  async #join(lastSeq: number): Promise<CatchUp<E>> {
    const { link } = this.#context;
    const { ticketId, donorId } = this.#options;
    const socketId = link.id;
    const answer = catchUpFrom<E>(await link.request('join_ticket', { ticketId, donorId, lastSeq }));
    this.#joined = link.id === socketId && !this.#closed;
    return answer;
  }

  async #reset(seq: number): Promise<void> {
    const lastSeq = (await this.#options.onReset(seq)) ?? seq;
    if (!this.#isStopped()) this.#apply(restartAt(this.#sequence, lastSeq));
  }

  #apply({ sequence, ready }: Step<E>): void {
    this.#sequence = sequence;
    if (ready.length) this.#options.onEvents(ready);
  }

  async #stumble(failure: Failure, viaSocket: boolean): Promise<void> {
    // While a socket is there, only its word about who may listen is final: a token may just have changed.
    const isFinal = viaSocket || !this.#isOnline() || failure.code !== 'UNAUTHORIZED';
    if (!failure.retryable && isFinal) {
      this.#fail(failure);
      return;
    }
    const { link, timing } = this.#context;
    this.#reason = failure;
    this.#attempts++;
    this.#forced = true;
    if (viaSocket) {
      // A socket that does not answer may be dead without knowing it.
      if (failure.code === 'TIMEOUT') link.reconnect();
    } else {
      this.#reachable = false;
      this.#httpFrom = performance.now() + failure.retryAfterMs;
    }
    this.#refresh();
    await this.#pause.wait(Math.max(backoff(this.#attempts, timing), viaSocket ? failure.retryAfterMs : 0));
  }

  #fail(failure: Failure): void {
    this.#failure = failure;
    this.#pause.end();
    this.#refresh();
  }

  #refresh(): void {
    const state = this.#currentState();
    if (state === this.#state || this.#closed) return;
    this.#state = state;
    this.#options.onState(state, state === 'live' ? undefined : this.reason);
  }

  #currentState(): StreamState {
    if (this.#failure) return 'failed';
    const { link, timing } = this.#context;
    if (!this.#isOnline()) {
      if (this.#reachable) return 'degraded';
      return link.state === 'connecting' && !this.#attempts ? 'catching-up' : 'offline';
    }
    if (!this.#running) return 'live';
    return this.#attempts >= timing.maxAttempts ? 'degraded' : 'catching-up';
  }
}

function behind(): Failure {
  return new Failure('BEHIND', 'Some of it has not arrived yet.', true);
}

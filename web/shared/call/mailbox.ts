import type { CallPeer } from '../../../src/contract/socket-events.js';
import { asFailure, backoff, DEFAULT_TIMING, fieldsOf } from '../../client/failure.js';
import { Pause } from '../../client/pause.js';
import type { SignalLine } from '../../client/live/connection.js';
import type { Letter } from './letters.js';

interface Post {
  readonly to: string | undefined;
  readonly letter: Letter;
}

/** Our place in the call at the server: enters it, and sends letters one after the other, so that they arrive in order. */
export class Mailbox {
  readonly #connection: SignalLine;
  readonly #callId: string;
  /** Between attempts to enter, and between attempts to deliver. */
  readonly #pause = new Pause();
  readonly #rest = new Pause();
  #posts: Post[] = [];
  #sending = false;
  #closed = false;
  #self?: string;

  constructor(connection: SignalLine, callId: string) {
    this.#connection = connection;
    this.#callId = callId;
  }

  /** What the others know us by. */
  get self(): string | undefined {
    return this.#self;
  }

  get isOpen(): boolean {
    return this.#connection.state === 'online';
  }

  /** Answers who is there; tried until it works or is refused. Throws the refusal. */
  async enter(token: string): Promise<CallPeer[]> {
    for (let attempt = 1; ; attempt++) {
      // What was meant for the socket before is stale: the greeting says it again. What is written from here on is not: others
      // see us enter, and may greet us, before the answer is here.
      this.#posts = [];
      try {
        const ack = await this.#connection.request('call:enter', { callId: this.#callId, token });
        const { self, peers } = fieldsOf(ack);
        this.#self = String(self);
        return peers as CallPeer[];
      } catch (error) {
        const failure = asFailure(error);
        if (!failure.retryable || this.#closed) throw failure;
        await this.#pause.wait(Math.max(failure.retryAfterMs, backoff(attempt, DEFAULT_TIMING)));
      }
    }
  }

  /** The connection is back: an attempt that waits is made now. */
  wake(): void {
    this.#pause.end();
  }

  /** To one peer, or to everybody else. */
  send(to: string | undefined, letter: Letter): void {
    this.#posts.push({ to, letter });
    if (!this.#sending) void this.#deliver();
  }

  leave(): void {
    if (!this.#self || !this.isOpen) return;
    // The others notice anyway; it is only sooner this way.
    this.#connection.request('call:leave', { callId: this.#callId }).catch(() => undefined);
  }

  close(): void {
    this.#closed = true;
    this.#posts = [];
    this.#pause.end();
    this.#rest.end();
  }

  async #deliver(): Promise<void> {
    this.#sending = true;
    for (let post = this.#posts.shift(); post; post = this.#posts.shift()) await this.#try(post);
    this.#sending = false;
  }

  /**
   * Tries again while the server has no time: nothing else would say it once more, and what arrives twice does no harm. A letter
   * that cannot be delivered is dropped: its reader is gone, or will be greeted again after reconnecting.
   */
  async #try({ to, letter }: Post): Promise<void> {
    try {
      await this.#connection.request('call:signal', { callId: this.#callId, to, data: letter });
    } catch (error) {
      const failure = asFailure(error);
      if (!failure.retryable || failure.code === 'OFFLINE' || this.#closed) return;
      this.#posts.unshift({ to, letter });
      await this.#rest.wait(Math.max(failure.retryAfterMs, 300));
    }
  }
}

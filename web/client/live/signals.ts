import { asFailure, type Timing } from '../failure.js';

/** Tells the others that someone is typing: not at every key, and not forever. */
export class TypingSignal {
  readonly #tell: (isTyping: boolean) => void;
  readonly #timing: Timing;
  #toldAt?: number;
  #idle?: ReturnType<typeof setTimeout>;

  constructor(tell: (isTyping: boolean) => void, timing: Timing) {
    this.#tell = tell;
    this.#timing = timing;
  }

  set(isTyping: boolean): void {
    clearTimeout(this.#idle);
    if (!isTyping) {
      this.#stop();
      return;
    }
    this.#idle = setTimeout(() => this.#stop(), this.#timing.typingIdle);
    const now = performance.now();
    if (this.#toldAt && now - this.#toldAt < this.#timing.typingEvery) return;
    this.#toldAt = now;
    this.#tell(true);
  }

  /** For those who could not hear it the first time. */
  repeat(): void {
    if (this.#toldAt) this.#tell(true);
  }

  #stop(): void {
    if (!this.#toldAt) return;
    this.#toldAt = undefined;
    this.#tell(false);
  }
}

/** Reports how far the user has read; only ever forward, and again until the server has said yes. */
export class ReadMarker {
  readonly #report: (upToSeq: number) => Promise<unknown>;
  readonly #onProblem: (error: unknown) => void;
  #wanted = 0;
  #reported = 0;
  #busy = false;

  constructor(report: (upToSeq: number) => Promise<unknown>, onProblem: (error: unknown) => void) {
    this.#report = report;
    this.#onProblem = onProblem;
  }

  set(upToSeq: number): void {
    this.#wanted = Math.max(this.#wanted, upToSeq);
    void this.flush();
  }

  /** Reports what is still unreported; a passing failure leaves it for the next call. */
  async flush(): Promise<void> {
    if (this.#busy || this.#wanted <= this.#reported) return;
    this.#busy = true;
    const upToSeq = this.#wanted;
    const isDone = await this.#try(upToSeq);
    this.#busy = false;
    if (!isDone) return;
    this.#reported = upToSeq;
    await this.flush();
  }

  async #try(upToSeq: number): Promise<boolean> {
    try {
      await this.#report(upToSeq);
      return true;
    } catch (error) {
      const failure = asFailure(error);
      if (!failure.retryable) this.#onProblem(failure);
      return !failure.retryable;
    }
  }
}

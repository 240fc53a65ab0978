import { Logger } from '@nestjs/common';
import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import { Circuit } from './circuit.js';
import { inTime, OutboundTimeout } from './in-time.js';

/** All times in ms. */
export interface OutboundOptions {
  tryTimeoutMs: number;
  /** 1 where the caller's job tries again by itself. */
  tries: number;
  /** The first pause; it doubles, and half of it is random. */
  retryBaseMs: number;
  /** A longer Retry-After is not waited for here but left to the caller. */
  maxRetryAfterMs: number;
  /** Failures in a row that open the circuit. */
  breakAfter: number;
  halfOpenAfterMs: number;
}

const USUAL: OutboundOptions = {
  tryTimeoutMs: 3_000,
  tries: 3,
  retryBaseMs: 200,
  maxRetryAfterMs: 5_000,
  breakAfter: 5,
  halfOpenAfterMs: 10_000,
};

/** How to read the errors of one other side. */
export interface OutboundErrors {
  /** The other side is not well, so that another try may help. A refusal is an answer, and shows that it is. */
  isOutage: (error: unknown) => boolean;
  /** How long the other side has asked for a pause, in ms. */
  retryAfterMs?: (error: unknown) => number | undefined;
  /** Told of each try that was made, without an error when it succeeded. */
  onTry?: (error?: unknown) => void;
}

/**
 * The way to one service outside: a timeout for each try, bounded retries with jitter, a deadline for all of them, and a circuit
 * breaker that its callers share (cockatiel).
 */
export class Outbound {
  private readonly logger = new Logger('Outbound');
  private readonly options: OutboundOptions;
  private readonly circuit: Circuit;

  constructor(
    service: string,
    private readonly errors: OutboundErrors,
    options: Partial<OutboundOptions> = {},
  ) {
    this.options = { ...USUAL, ...options };
    const { breakAfter, halfOpenAfterMs } = this.options;
    this.circuit = new Circuit({
      breakAfter,
      halfOpenAfterMs,
      isFailure: (error) => this.isOutage(error),
      onBreak: () =>
        this.logger.warn(`${service} keeps failing; requests are paused for ${halfOpenAfterMs} ms.`),
      onReset: () => this.logger.log(`${service} answers again.`),
    });
  }

  /** How long no request is made, in ms; 0 when the next one may probe. */
  get pausedForMs(): number {
    return this.circuit.openForMs;
  }

  /**
   * Throws OutboundTimeout, CircuitOpen, or what the last try threw. `operation` must be safe to repeat where there is more than
   * one try.
   */
  async run<T>(operation: (signal: AbortSignal) => Promise<T>, deadlineMs = Infinity): Promise<T> {
    const deadline = performance.now() + deadlineMs;
    let tried = 0;
    let pause = 0;
    const mayTryAgain = (error: unknown): boolean => {
      pause = this.pauseAfter(error, tried);
      return this.isOutage(error) && performance.now() + pause < deadline;
    };
    const backoff = new DelegateBackoff(() => pause);
    return retry(handleWhen(mayTryAgain), { maxAttempts: this.options.tries - 1, backoff }).execute(() => {
      tried += 1;
      return this.circuit.run(() => this.tryOnce(operation, deadline - performance.now()));
    });
  }

  private async tryOnce<T>(operation: (signal: AbortSignal) => Promise<T>, remainingMs: number): Promise<T> {
    const timeoutMs = Math.max(1, Math.ceil(Math.min(this.options.tryTimeoutMs, remainingMs)));
    try {
      const answer = await inTime(timeoutMs, operation);
      this.errors.onTry?.();
      return answer;
    } catch (error) {
      this.errors.onTry?.(error);
      throw error;
    }
  }

  private isOutage(error: unknown): boolean {
    return error instanceof OutboundTimeout || this.errors.isOutage(error);
  }

  /** Infinity when the other side asks for more than is waited for here. */
  private pauseAfter(error: unknown, tried: number): number {
    const { retryBaseMs, maxRetryAfterMs } = this.options;
    const asked = this.errors.retryAfterMs?.(error) ?? 0;
    if (asked > maxRetryAfterMs) return Infinity;
    return Math.max(asked, retryBaseMs * 2 ** (tried - 1) * (0.5 + Math.random() / 2));
  }
}

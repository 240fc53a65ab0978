import { setTimeout as pauseFor } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import { VendorFailure, VideoUnavailable, type VendorFailureKind } from './video.errors.js';
import type { VideoCallOptions, VideoHealth, VideoProviderName } from './video-provider.js';

/** All times in ms. */
export interface VendorCircuitOptions {
  tryTimeoutMs: number;
  tries: number;
  /** The first pause; it doubles, and half of it is random. */
  retryBaseMs: number;
  /** A longer Retry-After is not waited for here but handed to the caller. */
  maxRetryAfterMs: number;
  /** Failures in a row that open the breaker. */
  breakAfter: number;
  halfOpenAfterMs: number;
}

const DEFAULT_CIRCUIT: VendorCircuitOptions = {
  tryTimeoutMs: 3_000,
  tries: 3,
  retryBaseMs: 200,
  maxRetryAfterMs: 5_000,
  breakAfter: 5,
  halfOpenAfterMs: 10_000,
};

const FINAL: ReadonlySet<VendorFailureKind> = new Set(['refused', 'key_refused', 'paused']);

/** Runs a vendor's operations with a timeout a try, bounded retries with jitter, and a circuit breaker. */
export class VendorCircuit {
  private readonly logger = new Logger('Video');
  private readonly breaker;
  private readonly options: VendorCircuitOptions;
  private failuresInRow = 0;
  private lastFailure: VendorFailureKind | undefined;
  private nextProbeAt = 0;

  constructor(
    private readonly vendor: VideoProviderName,
    options: Partial<VendorCircuitOptions> = {},
  ) {
    this.options = { ...DEFAULT_CIRCUIT, ...options };
    // A refusal shows that the vendor is alive, so only the other kinds count.
    this.breaker = circuitBreaker(
      handleWhen((error) => error instanceof VendorFailure && !FINAL.has(error.kind)),
      {
        halfOpenAfter: this.options.halfOpenAfterMs,
        breaker: new ConsecutiveBreaker(this.options.breakAfter),
      },
    );
    this.breaker.onBreak(() => this.onBreak());
    this.breaker.onReset(() => this.logger.log(`${vendor} answers again.`));
  }

  /** Throws VideoUnavailable. `operation` must be safe to repeat, obey the signal and throw VendorFailure. */
  async run<T>(
    operation: (signal: AbortSignal) => Promise<T>,
    { deadlineMs = Infinity }: VideoCallOptions = {},
  ): Promise<T> {
    const deadline = performance.now() + deadlineMs;
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.tryOnce(operation, deadline - performance.now());
      } catch (error) {
        if (!(error instanceof VendorFailure)) throw error;
        const pause = this.pauseAfter(error, tried);
        if (performance.now() + pause >= deadline || pause === Infinity) throw this.unavailable(error);
        await pauseFor(pause);
      }
    }
  }

  health(): VideoHealth {
    const last = this.lastFailure;
    if (last === undefined) return { status: 'up', detail: 'No recent failure.' };
    if (this.breaker.state === CircuitState.Open && this.msToProbe() > 0) {
      const seconds = Math.ceil(this.msToProbe() / 1000);
      return {
        status: 'down',
        detail: `Paused after ${this.failuresInRow} failures in a row (${last}); next try in ${seconds} s.`,
      };
    }
    if (last === 'key_refused') return { status: 'down', detail: 'The API key was refused.' };
    return { status: 'degraded', detail: `${this.failuresInRow} failure(s) in a row (${last}).` };
  }

  private async tryOnce<T>(operation: (signal: AbortSignal) => Promise<T>, remainingMs: number): Promise<T> {
    // While one probe is out everybody else fails at once; cockatiel would make them wait for it.
    if (this.breaker.state === CircuitState.HalfOpen) throw new VendorFailure('paused', 1_000);
    const timeoutMs = Math.max(1, Math.ceil(Math.min(this.options.tryTimeoutMs, remainingMs)));
    try {
      const value = await this.breaker.execute(() => operation(AbortSignal.timeout(timeoutMs)));
      this.failuresInRow = 0;
      this.lastFailure = undefined;
      return value;
    } catch (error) {
      if (isBrokenCircuitError(error)) throw new VendorFailure('paused', this.msToProbe());
      if (error instanceof VendorFailure) {
        this.failuresInRow += 1;
        this.lastFailure = error.kind;
      }
      throw error;
    }
  }

  private onBreak(): void {
    this.nextProbeAt = Date.now() + this.options.halfOpenAfterMs;
    this.logger.warn(
      `${this.vendor} keeps failing; requests are paused for ${this.options.halfOpenAfterMs} ms.`,
    );
  }

  /** Infinity when another try is pointless here. */
  private pauseAfter(failure: VendorFailure, tried: number): number {
    const { tries, retryBaseMs, maxRetryAfterMs } = this.options;
    const asked = failure.retryAfterMs ?? 0;
    if (FINAL.has(failure.kind) || tried >= tries || asked > maxRetryAfterMs) return Infinity;
    return Math.max(asked, retryBaseMs * 2 ** (tried - 1) * (0.5 + Math.random() / 2));
  }

  private msToProbe(): number {
    return Math.max(0, this.nextProbeAt - Date.now());
  }

  private unavailable(failure: VendorFailure): VideoUnavailable {
    const asked = failure.retryAfterMs;
    return new VideoUnavailable(
      this.vendor,
      failure.kind,
      asked === undefined ? undefined : Math.ceil(asked / 1000),
    );
  }
}

import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
} from 'cockatiel';

export interface CircuitOptions {
  /** Failures in a row that open the circuit. */
  breakAfter: number;
  /** How long an open circuit lets nobody through, in ms; then one call probes. */
  halfOpenAfterMs: number;
  /** Whether an error shows that the other side is not well; all do, unless told. */
  isFailure?: (error: unknown) => boolean;
  onBreak?: () => void;
  onReset?: () => void;
}

/** The call was not made: the circuit is open, or another call is probing. */
export class CircuitOpen extends Error {
  constructor(
    /** When the next call may probe. */
    readonly retryAfterMs: number,
  ) {
    super('The circuit is open.');
    this.name = 'CircuitOpen';
  }
}

/** What is told to those who come while one call probes; its own timeout may be longer. */
const PROBE_MS = 1_000;

/** A circuit breaker (cockatiel) that keeps nobody waiting: while one call probes, all others fail at once. */
export class Circuit {
  private readonly breaker: CircuitBreakerPolicy;
  private nextProbeAt = 0;

  constructor({ breakAfter, halfOpenAfterMs, isFailure = () => true, onBreak, onReset }: CircuitOptions) {
    const breaker = new ConsecutiveBreaker(breakAfter);
    this.breaker = circuitBreaker(handleWhen(isFailure), { halfOpenAfter: halfOpenAfterMs, breaker });
    this.breaker.onBreak(() => {
      this.nextProbeAt = Date.now() + halfOpenAfterMs;
      onBreak?.();
    });
    if (onReset !== undefined) this.breaker.onReset(onReset);
  }

  /** How long an open circuit goes on to let nobody through, in ms; 0 when the next call may probe. */
  get openForMs(): number {
    return this.breaker.state === CircuitState.Open ? Math.max(0, this.nextProbeAt - Date.now()) : 0;
  }

  get isProbing(): boolean {
    return this.breaker.state === CircuitState.HalfOpen;
  }

  /** Throws CircuitOpen, or what `work` throws. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    // cockatiel would make this call wait for the one that probes.
    if (this.isProbing) throw new CircuitOpen(PROBE_MS);
    try {
      return await this.breaker.execute(work);
    } catch (error) {
      if (isBrokenCircuitError(error)) throw new CircuitOpen(this.openForMs);
      throw error;
    }
  }
}

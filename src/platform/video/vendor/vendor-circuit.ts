import { CircuitOpen } from '../../outbound/circuit.js';
import { OutboundTimeout } from '../../outbound/in-time.js';
import { Outbound, type OutboundOptions } from '../../outbound/outbound.js';
import { VendorFailure, VideoUnavailable, type VendorFailureKind } from '../port/video.errors.js';
import type { VideoCallOptions, VideoHealth, VideoProviderName } from '../port/video-provider.js';

/** A refusal shows that the vendor is alive. */
const REFUSALS: ReadonlySet<VendorFailureKind> = new Set(['refused', 'key_refused']);

/** Runs a vendor's operations outbound, and tells from their tries how the vendor is. */
export class VendorCircuit {
  private readonly outbound: Outbound;
  private failuresInRow = 0;
  private lastFailure: VendorFailureKind | undefined;

  constructor(
    private readonly vendor: VideoProviderName,
    options: Partial<OutboundOptions> = {},
  ) {
    const errors = {
      isOutage: (error: unknown) => error instanceof VendorFailure && !REFUSALS.has(error.kind),
      retryAfterMs: (error: unknown) => (error instanceof VendorFailure ? error.retryAfterMs : undefined),
      onTry: (error: unknown) => this.remember(error),
    };
    this.outbound = new Outbound(vendor, errors, options);
  }

  /** Throws VideoUnavailable. `operation` must be safe to repeat, obey the signal and throw VendorFailure. */
  async run<T>(
    operation: (signal: AbortSignal) => Promise<T>,
    { deadlineMs }: VideoCallOptions = {},
  ): Promise<T> {
    try {
      return await this.outbound.run(operation, deadlineMs);
    } catch (error) {
      throw this.unavailable(error) ?? error;
    }
  }

  health(): VideoHealth {
    const last = this.lastFailure;
    if (last === undefined) return { status: 'up', detail: 'No recent failure.' };
    const { pausedForMs } = this.outbound;
    if (pausedForMs > 0) {
      const seconds = Math.ceil(pausedForMs / 1000);
      return {
        status: 'down',
        detail: `Paused after ${this.failuresInRow} failures in a row (${last}); next try in ${seconds} s.`,
      };
    }
    if (last === 'key_refused') return { status: 'down', detail: 'The API key was refused.' };
    return { status: 'degraded', detail: `${this.failuresInRow} failure(s) in a row (${last}).` };
  }

  private remember(error: unknown): void {
    if (error === undefined) {
      this.failuresInRow = 0;
      this.lastFailure = undefined;
      return;
    }
    const kind = kindOf(error);
    if (kind === undefined) return;
    this.failuresInRow += 1;
    this.lastFailure = kind;
  }

  /** Undefined for what is a mistake of ours. */
  private unavailable(error: unknown): VideoUnavailable | undefined {
    const kind = kindOf(error);
    if (kind === undefined) return undefined;
    const asked =
      error instanceof VendorFailure || error instanceof CircuitOpen ? error.retryAfterMs : undefined;
    return new VideoUnavailable(this.vendor, kind, asked === undefined ? undefined : Math.ceil(asked / 1000));
  }
}

function kindOf(error: unknown): VendorFailureKind | undefined {
  if (error instanceof VendorFailure) return error.kind;
  if (error instanceof OutboundTimeout) return 'timeout';
  return error instanceof CircuitOpen ? 'paused' : undefined;
}

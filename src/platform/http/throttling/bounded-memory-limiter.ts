import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** Addresses are cheap to come by: beyond this many callers the oldest are forgotten, so that memory stays bounded. */
const MOST_KEYS = 100_000;

/** Counts hits in this process, as RateLimiterMemory does, of a bounded number of callers. */
export class BoundedMemoryLimiter extends RateLimiterMemory {
  private readonly callers = new Set<string>();

  override async consume(key: string, points?: number): Promise<RateLimiterRes> {
    if (!this.callers.has(key)) await this.makeRoom();
    this.callers.add(key);
    return super.consume(key, points);
  }

  private async makeRoom(): Promise<void> {
    if (this.callers.size < MOST_KEYS) return;
    for (const oldest of this.callers) {
      this.callers.delete(oldest);
      await this.delete(oldest);
      return;
    }
  }
}

import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';

/** The answer of a storage; times in whole seconds. */
export interface LimitRecord {
  totalHits: number;
  timeToExpire: number;
  isBlocked: boolean;
  timeToBlockExpire: number;
}

interface Window {
  hits: number;
  endsAt: number;
}

const SWEEP_EVERY_MS = 60_000;
/** Addresses are cheap to come by: beyond this many callers the oldest are forgotten, so that memory stays bounded. */
const MOST_KEYS = 100_000;

/**
 * Counts hits in this process: one window per key, from its first hit. No timer: expired windows are swept by the hits
 * themselves. Refused hits do not count.
 */
@Injectable()
export class LocalLimitStorage implements ThrottlerStorage {
  private readonly windows = new Map<string, Window>();
  private sweepAt = 0;

  /** Number of callers it remembers. */
  get size(): number {
    return this.windows.size;
  }

  increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    return Promise.resolve(this.hit(key, ttl, limit));
  }

  /** The same at once; `ttl` in milliseconds. */
  hit(key: string, ttl: number, limit: number, now = Date.now()): LimitRecord {
    if (now >= this.sweepAt) this.sweep(now);
    let window = this.windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      window = { hits: 0, endsAt: now + ttl };
      this.windows.delete(key);
      this.windows.set(key, window);
      if (this.windows.size > MOST_KEYS) this.forgetOldest();
    }
    const isBlocked = window.hits >= limit;
    if (!isBlocked) window.hits += 1;
    const left = Math.ceil((window.endsAt - now) / 1_000);
    const totalHits = isBlocked ? window.hits + 1 : window.hits;
    return { totalHits, timeToExpire: left, isBlocked, timeToBlockExpire: isBlocked ? left : 0 };
  }

  private sweep(now: number): void {
    this.sweepAt = now + SWEEP_EVERY_MS;
    for (const [key, window] of this.windows) if (window.endsAt <= now) this.windows.delete(key);
  }

  private forgetOldest(): void {
    const oldest = this.windows.keys().next();
    if (!oldest.done) this.windows.delete(oldest.value);
  }
}

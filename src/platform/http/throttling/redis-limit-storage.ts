import type { ThrottlerStorage } from '@nestjs/throttler';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RedisConnection } from '../../redis/redis-connection.js';
import { BoundedMemoryLimiter } from './bounded-memory-limiter.js';
import type { LimitRecord } from './local-limit-storage.js';

const PREFIX = 'concierge:limit';
/** A request waits this long for the count of all processes. */
const PATIENCE_MS = 250;

/** What the limiter calls of a client. */
interface Script {
  keys: string[];
  arguments: string[];
}

/**
 * Counts hits for all processes together (rate-limiter-flexible): one window per key, from its first hit. While Redis is unavailable
 * each process counts for itself; no request fails for it.
 */
export class RedisLimitStorage implements ThrottlerStorage {
  /** By window and limit, of which there are as many as classes of limits. */
  private readonly limiters = new Map<string, RateLimiterRedis>();

  constructor(
    private readonly redis: RedisConnection,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  async increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    try {
      return recordOf(await this.limiter(ttl, limit).consume(key));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const { timeToExpire } = recordOf(refusal);
      return { totalHits: limit + 1, timeToExpire, isBlocked: true, timeToBlockExpire: timeToExpire };
    }
  }

  private limiter(ttl: number, limit: number): RateLimiterRedis {
    const name = `${ttl}:${limit}`;
    let limiter = this.limiters.get(name);
    if (limiter === undefined) {
      const window = { points: limit, duration: ttl / 1_000 };
      limiter = new RateLimiterRedis({
        ...window,
        keyPrefix: PREFIX,
        useRedisPackage: true,
        storeClient: { eval: (script: string, options: Script) => this.evaluate(script, options) },
        insuranceLimiter: new BoundedMemoryLimiter(window),
      });
      this.limiters.set(name, limiter);
    }
    return limiter;
  }

  private evaluate(script: string, options: Script): Promise<unknown> {
    return this.redis.run((client) => client.eval(script, options), this.patienceMs);
  }
}

function recordOf({ consumedPoints, msBeforeNext }: RateLimiterRes): LimitRecord {
  const timeToExpire = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return { totalHits: consumedPoints, timeToExpire, isBlocked: false, timeToBlockExpire: 0 };
}

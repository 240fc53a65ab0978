import { Logger } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { createClient } from 'redis';
import type { LocalLimitStorage } from './local-limit-storage.js';
import { type LimitRecord } from './local-limit-storage.js';

const PREFIX = 'concierge:limit:';
const PATIENCE_MS = 250;
const LONGEST_RECONNECT_MS = 5_000;
const COMPLAIN_EVERY_MS = 60_000;
/** One round trip: counts unless the limit is reached, and starts the window with the first hit. */
const SCRIPT = `
local hits = tonumber(redis.call('GET', KEYS[1]) or '0')
local blocked = hits >= tonumber(ARGV[2])
if not blocked then
  hits = redis.call('INCR', KEYS[1])
  if hits == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
end
return {hits, redis.call('PTTL', KEYS[1]), blocked and 1 or 0}`;

/** Counts hits for all processes together. While Redis is away each process counts for itself; no request fails for it. */
export class RedisLimitStorage implements ThrottlerStorage {
  private readonly logger = new Logger('Limits');
  private readonly client;
  private complainedAt = -Infinity;

  constructor(
    url: string,
    private readonly local: LocalLimitStorage,
  ) {
    this.client = createClient({
      url,
      disableOfflineQueue: true,
      socket: {
        connectTimeout: 2_000,
        reconnectStrategy: (tries) => Math.min(100 * 2 ** Math.min(tries, 10), LONGEST_RECONNECT_MS),
      },
      commandOptions: { timeout: PATIENCE_MS },
    });
    this.client.on('error', (error: Error) => this.complain(error));
    this.client.connect().catch((error: unknown) => this.complain(error));
  }

  async increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    if (!this.client.isReady) return this.local.hit(key, ttl, limit);
    try {
      const argumentsOf = [String(ttl), String(limit)];
      const answer = await this.client.eval(SCRIPT, { keys: [PREFIX + key], arguments: argumentsOf });
      return toRecord(answer as [number, number, number]);
    } catch (error) {
      this.complain(error);
      return this.local.hit(key, ttl, limit);
    }
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  private complain(error: unknown): void {
    const now = Date.now();
    if (now - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = now;
    this.logger.warn({ msg: 'Redis is away: limits count per process until it is back', err: error });
  }
}

function toRecord([hits, msLeft, blocked]: [number, number, number]): LimitRecord {
  const left = Math.max(1, Math.ceil(msLeft / 1_000));
  const isBlocked = blocked === 1;
  const totalHits = isBlocked ? hits + 1 : hits;
  return { totalHits, timeToExpire: left, isBlocked, timeToBlockExpire: isBlocked ? left : 0 };
}

import { Logger } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { createClient } from 'redis';
import type { LocalLimitStorage } from './local-limit-storage.js';
import { type LimitRecord } from './local-limit-storage.js';

const PREFIX = 'concierge:limit:';
const PATIENCE_MS = 250;
/** After an answer that did not come, Redis is left alone this long: one request in a while waits, not each. */
const REST_MS = 2_000;
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

/** Counts hits for all processes together. While Redis is unavailable each process counts for itself; no request fails for it. */
export class RedisLimitStorage implements ThrottlerStorage {
  private readonly logger = new Logger('Limits');
  private readonly client;
  private complainedAt = -Infinity;
  private restUntil = 0;

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
    });
    this.client.on('error', (error: Error) => this.complain(error));
    this.client.connect().catch((error: unknown) => this.complain(error));
  }

  async increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    if (!this.client.isReady || Date.now() < this.restUntil) return this.local.hit(key, ttl, limit);
    try {
      const argumentsOf = [String(ttl), String(limit)];
      const answer = this.client.eval(SCRIPT, { keys: [PREFIX + key], arguments: argumentsOf });
      return toRecord((await inTime(answer)) as [number, number, number]);
    } catch (error) {
      this.restUntil = Date.now() + REST_MS;
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
    this.logger.warn({ msg: 'Redis is unavailable: limits count per process until it is back', err: error });
  }
}

/** The client's own timeout covers only commands that were not written yet; a Redis that hangs has taken them. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Redis did not answer in time')), PATIENCE_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function toRecord([hits, msLeft, blocked]: [number, number, number]): LimitRecord {
  const left = Math.max(1, Math.ceil(msLeft / 1_000));
  const isBlocked = blocked === 1;
  const totalHits = isBlocked ? hits + 1 : hits;
  return { totalHits, timeToExpire: left, isBlocked, timeToBlockExpire: isBlocked ? left : 0 };
}

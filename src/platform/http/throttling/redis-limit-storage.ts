import type { ThrottlerStorage } from '@nestjs/throttler';
import type { RedisConnection } from '../../redis/redis-connection.js';
import type { LimitRecord, LocalLimitStorage } from './local-limit-storage.js';

const PREFIX = 'concierge:limit:';
/** A request waits this long for the count of all processes. */
const PATIENCE_MS = 250;
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
  constructor(
    private readonly redis: RedisConnection,
    private readonly local: LocalLimitStorage,
  ) {}

  async increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    if (!this.redis.isAvailable) return this.local.hit(key, ttl, limit);
    const keys = [PREFIX + key];
    try {
      const answer = await this.redis.run(
        (client) => client.eval(SCRIPT, { keys, arguments: [String(ttl), String(limit)] }),
        PATIENCE_MS,
      );
      return toRecord(answer as [number, number, number]);
    } catch {
      // The connection has reported it.
      return this.local.hit(key, ttl, limit);
    }
  }
}

function toRecord([hits, msLeft, blocked]: [number, number, number]): LimitRecord {
  const left = Math.max(1, Math.ceil(msLeft / 1_000));
  const isBlocked = blocked === 1;
  const totalHits = isBlocked ? hits + 1 : hits;
  return { totalHits, timeToExpire: left, isBlocked, timeToBlockExpire: isBlocked ? left : 0 };
}

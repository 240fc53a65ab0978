import { createClient } from 'redis';

export type RedisClient = ReturnType<typeof createClient>;

const CONNECT_MS = 2_000;
const LONGEST_RECONNECT_MS = 2_000;
/** Commands that may wait for a Redis that does not answer; the rest is refused. */
const MOST_WAITING = 10_000;

/** Makes a client of Redis, not connected yet. It refuses commands while it has no connection, and connects again by itself. */
export function createRedisClient(url: string, { reconnects = true } = {}): RedisClient {
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy:
        reconnects && ((tries) => Math.min(50 * 2 ** Math.min(tries, 10), LONGEST_RECONNECT_MS)),
    },
  });
}

import type { OnApplicationShutdown } from '@nestjs/common';
import type { RedisConnection } from './redis-connection.js';

/** What several processes share. `connection` is undefined where REDIS_URL is not set: this process is alone. */
export class Redis implements OnApplicationShutdown {
  constructor(readonly connection?: RedisConnection) {}

  onApplicationShutdown(): void {
    this.connection?.close();
  }
}

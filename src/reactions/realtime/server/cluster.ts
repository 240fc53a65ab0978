import type { createClient } from 'redis';
import type { Namespace } from 'socket.io';

export type RedisClient = ReturnType<typeof createClient>;

/** The connection between several processes. This one is alone and has none; RedisCluster has. */
export class Cluster {
  /** Whether other processes may hold sockets too. */
  readonly isShared: boolean = false;

  /** Redis, if there is one and it answers. */
  get redis(): RedisClient | undefined {
    return undefined;
  }

  /** Tells the operator, now and then, that the others cannot be reached; nobody is missed here. */
  complain(_error: unknown): void {
    return undefined;
  }

  /** The adapter for socket.io; undefined when this process is alone. */
  adapter(): ((namespace: Namespace) => Namespace['adapter']) | undefined {
    return undefined;
  }
}

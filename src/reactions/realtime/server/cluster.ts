import type { Namespace } from 'socket.io';

/** The way between the sockets of several processes. This one is alone and has none; RedisCluster has. */
export class Cluster {
  /** Whether other processes may hold sockets too. */
  readonly isShared: boolean = false;

  /** The adapter for socket.io; undefined when this process is alone. */
  adapter(): ((namespace: Namespace) => Namespace['adapter']) | undefined {
    return undefined;
  }
}

import type { Redis } from '../../../platform/redis/redis.js';
import { Cluster } from './cluster.js';

/** Over Redis where there is one. The adapter is loaded only then. */
export async function openCluster({ connection }: Redis): Promise<Cluster> {
  if (connection === undefined) return new Cluster();
  const { RedisCluster } = await import('./redis-cluster.adapter.js');
  return new RedisCluster(connection);
}

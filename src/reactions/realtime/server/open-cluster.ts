import type { Config } from '../../../platform/config/config.js';
import type { HealthProbes } from '../../../platform/health/health-probes.js';
import { Cluster } from './cluster.js';

/** Over Redis where REDIS_URL names one. Its client and adapter, 12 MB, are loaded only then. */
export async function openCluster({ redisUrl }: Config, probes: HealthProbes): Promise<Cluster> {
  if (redisUrl === undefined) {
    const note = 'This process serves everybody alone.';
    probes.register({ name: 'redis', check: () => Promise.resolve({ status: 'off', note }) });
    return new Cluster();
  }
  const { RedisCluster } = await import('./redis-cluster.adapter.js');
  const cluster = new RedisCluster(redisUrl);
  probes.register({ name: 'redis', check: () => cluster.check() });
  return cluster;
}

import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { HealthProbes, type ProbeFinding } from './probes/health-probes.js';

const MB = 1024 * 1024;
/** The database needs room to breathe: below the first it should be given some, below the second it is about to stop. */
const TIGHT_MB = 1_024;
const FULL_MB = 100;
/** Of the memory this process may have. */
const MUCH_MEMORY = 0.9;
const SLOW_LOOP_MS = 200;
const LOOP_RESOLUTION_MS = 20;

/** How this process and its machine are: disk, memory, event loop. */
@Injectable()
export class ProcessProbes implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly probes: HealthProbes,
  ) {}

  onModuleInit(): void {
    this.probes.register({ name: 'disk', check: () => diskOf(this.config.dataDir) });
    this.probes.register({ name: 'memory', check: () => Promise.resolve(memory()) });
    this.probes.register({ name: 'eventLoop', check: () => Promise.resolve(this.eventLoop()) });
  }

  /** Starting is work in one piece; the first reading covers the time since. */
  onApplicationBootstrap(): void {
    this.delay.enable();
  }

  onModuleDestroy(): void {
    this.delay.disable();
  }

  /** How late timers were, at worst in a hundred, since the last look. */
  private eventLoop(): ProbeFinding {
    const p99 = this.delay.percentile(99) / 1e6 - LOOP_RESOLUTION_MS;
    this.delay.reset();
    const late = Number.isFinite(p99) ? Math.max(0, Math.round(p99)) : 0;
    return {
      status: late > SLOW_LOOP_MS ? 'degraded' : 'up',
      note: `99 of 100 turns wait at most ${late} ms.`,
    };
  }
}

function memory(): ProbeFinding {
  const rss = process.memoryUsage.rss();
  const { used_heap_size: heap, heap_size_limit: heapLimit } = getHeapStatistics();
  // Without a container the machine's memory is the bound, and so says constrainedMemory.
  const bound = process.constrainedMemory();
  const much = heap > MUCH_MEMORY * heapLimit || (bound > 0 && rss > MUCH_MEMORY * bound);
  return { status: much ? 'degraded' : 'up', note: `${Math.round(rss / MB)} MB resident.` };
}

async function diskOf(folder: string): Promise<ProbeFinding> {
  const { bavail, bsize } = await statfs(folder).catch((error: unknown) => {
    // Until something is kept there the folder may be missing; its disk is its parent's.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return statfs(dirname(folder));
  });
  const free = Math.floor((bavail * bsize) / MB);
  const status = free < FULL_MB ? 'down' : free < TIGHT_MB ? 'degraded' : 'up';
  return { status, note: `${free} MB free for data.` };
}

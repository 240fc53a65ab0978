import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import { runningCallsOf } from './periodic.decorator.js';

/** What the application does again and again (`Periodic`), to be stopped before anything that it needs. */
@Injectable()
export class PeriodicWork {
  constructor(
    private readonly schedule: SchedulerRegistry,
    private readonly discovery: DiscoveryService,
  ) {}

  /** Begins nothing any more; resolves when nothing goes on. */
  async stop(): Promise<void> {
    for (const name of this.schedule.getIntervals()) this.schedule.deleteInterval(name);
    const instances: unknown[] = this.discovery.getProviders().map(({ instance }) => instance as unknown);
    const providers = instances.filter((one): one is object => typeof one === 'object' && one !== null);
    await Promise.all(providers.flatMap(runningCallsOf));
  }
}

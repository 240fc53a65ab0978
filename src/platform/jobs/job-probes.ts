import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics, type Reading } from '../metrics/metrics.js';
import { HealthProbes, type ProbeFinding } from '../health/probes/health-probes.js';
import { ROUND_TRIP } from './job-queues.js';
import { Jobs } from './jobs.service.js';

/** Jobs start within a second; one that is due for a minute has nobody to do it. */
const LATE_S = 60;

/** Whether jobs are done, and whether any was given up. */
@Injectable()
export class JobProbes implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly probes: HealthProbes,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.jobs.define(ROUND_TRIP, () => Promise.resolve());
    this.probes.register({ name: 'jobs', check: () => this.backlog() });
    this.probes.register({ name: 'deadLetters', check: () => this.deadLetters() });
    this.metrics.add({
      name: 'concierge_jobs',
      help: 'Jobs by queue and state, as counted within the last 10 seconds.',
      type: 'gauge',
      labels: ['queue', 'state'],
      deskWide: true,
      read: () => this.states(),
    });
    this.metrics.add({
      name: 'concierge_job_lag_seconds',
      help: 'How long the longest-waiting due job has waited.',
      type: 'gauge',
      deskWide: true,
      read: async () => [{ value: (await this.jobs.backlog()).lag }],
    });
    this.metrics.add({
      name: 'concierge_dead_letters',
      help: 'Jobs that failed every try.',
      type: 'gauge',
      deskWide: true,
      read: async () => [{ value: await this.jobs.deadLetters() }],
    });
  }

  private async states(): Promise<Reading[]> {
    const queues = await this.jobs.queues();
    return queues.flatMap(({ name: queue, ready, deferred, active, failed }) =>
      Object.entries({ ready, deferred, active, failed }).map(([state, value]) => ({
        labels: { queue, state },
        value,
      })),
    );
  }

  private async backlog(): Promise<ProbeFinding> {
    const { due, lag } = await this.jobs.backlog();
    const status = lag > LATE_S ? 'degraded' : 'up';
    if (due === 0) return { status, note: 'No job waits.' };
    return { status, note: `${due} waiting, the oldest for ${Math.round(lag)} s.` };
  }

  private async deadLetters(): Promise<ProbeFinding> {
    const count = await this.jobs.deadLetters();
    if (count === 0) return { status: 'up', note: 'None.' };
    return { status: 'degraded', note: `${count} job(s) failed every try; the log says why.` };
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { HealthProbes, type ProbeFinding } from '../../platform/health/probes/health-probes.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { outboxBacklog } from './outbox.queries.js';

/** The relay looks every second; who waits for a minute has no relay. */
const LATE_S = 60;

/** Whether what must follow from events becomes jobs. */
@Injectable()
export class OutboxProbe implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly probes: HealthProbes,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.probes.register({ name: 'outbox', check: () => this.check() });
    this.metrics.add({
      name: 'concierge_outbox_events',
      help: 'Events whose consequences are not jobs yet.',
      type: 'gauge',
      deskWide: true,
      read: async () => [{ value: (await outboxBacklog(this.database)).waiting }],
    });
  }

  private async check(): Promise<ProbeFinding> {
    const { waiting, lag } = await outboxBacklog(this.database);
    const status = lag > LATE_S ? 'degraded' : 'up';
    if (waiting === 0) return { status, note: 'No event waits.' };
    return { status, note: `${waiting} waiting, the oldest for ${Math.round(lag)} s.` };
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.service.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { SYSTEM } from '../auth/actor.js';
import { CurrentDeskSettings } from '../desk-settings/current-desk-settings.service.js';
import { TicketDeletionService } from '../tickets/working/ticket-deletion.service.js';
import { TicketLifecycleService } from '../tickets/working/ticket-lifecycle.service.js';
import { ticketsToClose, ticketsToDelete } from './ageing.queries.js';

const HOURLY = '17 * * * *';
const DAY_MS = 86_400_000;
const AT_ONCE = 200;
/** Of each kind in one run; the rest waits for the next one. */
const MOST = 5_000;

/** Closes tickets that stay resolved, and deletes those that ended long ago, after the days that the desk's settings say. */
@Injectable()
export class AgeingJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: CurrentDeskSettings,
    private readonly lifecycle: TicketLifecycleService,
    private readonly deletion: TicketDeletionService,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule('tickets.age', HOURLY, () => this.run());
  }

  /** Each ticket in a transaction of its own; a run that was cut off goes on with the next. */
  async run(): Promise<void> {
    const { autoCloseDays, retentionDays } = await this.settings.read();
    if (autoCloseDays !== null) {
      const before = this.daysAgo(autoCloseDays);
      await inBatches(
        (limit) => ticketsToClose(this.database, before, limit),
        (id) => this.lifecycle.closeResolved(SYSTEM, id, before),
      );
    }
    if (retentionDays !== null) {
      const before = this.daysAgo(retentionDays);
      await inBatches(
        (limit) => ticketsToDelete(this.database, before, limit),
        (id) => this.deletion.deleteEnded(SYSTEM, id, before),
      );
    }
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}

async function inBatches(
  read: (limit: number) => Promise<{ id: string }[]>,
  work: (id: string) => Promise<void>,
): Promise<void> {
  for (let done = 0; done < MOST;) {
    const tickets = await read(AT_ONCE);
    for (const { id } of tickets) await work(id);
    done += tickets.length;
    if (tickets.length < AT_ONCE) return;
  }
}

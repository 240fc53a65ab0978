import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import { RecurringTrouble } from '../../platform/logging/recurring-trouble.js';
import { SYSTEM } from '../auth/actor.js';
import { TicketChanges } from '../tickets/ticket-change.js';

const EVERY_MS = 1_000;
const BATCH = 50;

/**
 * Turns requests that nobody answered in time into missed calls. Looks at the table, not at timers of this process, so a
 * restart forgets none; the ticket's lock makes sure that several nodes expire each once.
 */
@Injectable()
export class CallRequestExpiry implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly trouble = new RecurringTrouble(
    new Logger('CallRequestExpiry'),
    'call requests wait to expire',
  );
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly changes: TicketChanges,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') return;
    this.timer = setInterval(() => {
      this.running ??= this.look().finally(() => {
        this.running = undefined;
      });
    }, EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async look(): Promise<void> {
    try {
      const overdue = await this.database.callRequest.findMany({
        where: { status: 'PENDING', expiresAt: { lte: new Date() } },
        select: { id: true, ticketId: true },
        take: BATCH,
      });
      for (const { id, ticketId } of overdue) await this.expire(id, ticketId);
      this.trouble.succeeded();
    } catch (error) {
      // Still pending in the table; the next look finds it.
      this.trouble.failed(error);
    }
  }

  private expire(id: string, ticketId: string): Promise<unknown> {
    return this.changes.run(SYSTEM, ticketId, 'work', async (change) => {
      const [request] = await change.tx.callRequest.updateManyAndReturn({
        where: { id, status: 'PENDING' },
        data: { status: 'EXPIRED' },
      });
      if (request === undefined) return;
      change.record({ type: 'call.expired', public: true, data: { requestId: id, mode: request.mode } });
      change.say('Nobody could take the call in time. We will answer here as soon as we can.');
    });
  }
}

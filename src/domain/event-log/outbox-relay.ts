import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { RecurringTrouble } from '../../platform/logging/recurring-trouble.js';
import { Periodic } from '../../platform/schedule/periodic.decorator.js';
import { DurableReactions, type DurableEvent, type RegisteredReaction } from './durable-reactions.js';
import { claimUndispatched, claimUndispatchedOf, markDispatched } from './outbox.queries.js';

const POLL_MS = 1_000;
const BATCH = 100;

/**
 * Turns undispatched rows of the event log into jobs, one for each durable reaction. Rows are claimed with SKIP LOCKED, so any
 * node may relay; jobs and marks commit together, so nothing is lost between commit and queue. Woken by live events and by a poll.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly trouble = new RecurringTrouble(new Logger('Outbox'), 'events wait to be relayed');
  private unsubscribe: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly durable: DurableReactions,
    private readonly jobs: Jobs,
    private readonly bus: EventBus,
  ) {}

  onApplicationBootstrap(): void {
    for (const reaction of this.durable.all()) {
      this.jobs.define<DurableEvent>(reaction.name, (event) => reaction.handle(event));
    }
    if (this.durable.all().length === 0) return;
    this.unsubscribe = this.bus.on('ticket.events', (events) => {
      if (events.some((event) => this.durable.for(event).length > 0)) this.wake();
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.unsubscribe?.();
    await this.running;
  }

  /** Finds what no live event has woken it for. */
  @Periodic(POLL_MS, 'events wait to be relayed')
  poll(): void {
    if (this.durable.all().length > 0) this.wake();
  }

  /** Relays soon; calls while it works, up to its very end, make it look once more. */
  wake(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.drain().then((ended) => {
      this.running = undefined;
      if (ended && this.again) this.wake();
    });
  }

  /** The jobs that must be done even when their ticket is deleted. */
  get lastWords(): string[] {
    return this.durable
      .all()
      .filter(({ outlivesTicket }) => outlivesTicket)
      .map(({ name }) => name);
  }

  /** Queues what waits of one ticket within `tx`, which deletes its log: only for reactions that outlive the ticket. */
  async relayLast(tx: Prisma.TransactionClient, ticketId: string): Promise<void> {
    await this.queue(
      tx,
      await claimUndispatchedOf(tx, ticketId),
      ({ outlivesTicket = false }) => outlivesTicket,
    );
  }

  /** Whether all went well. */
  private async drain(): Promise<boolean> {
    try {
      while (this.again && !this.stopped) {
        this.again = false;
        if ((await this.relayBatch()) === BATCH) this.again = true;
      }
      this.trouble.succeeded();
      return true;
    } catch (error) {
      // The rows keep; the next poll tries again.
      if (!this.stopped) this.trouble.failed(error);
      return false;
    }
  }

  private relayBatch(): Promise<number> {
    return this.database.$transaction(async (tx) => {
      const events = await claimUndispatched(tx, BATCH);
      await this.queue(tx, events);
      if (events.length > 0) await markDispatched(tx, events);
      return events.length;
    });
  }

  private async queue(
    tx: Prisma.TransactionClient,
    events: readonly DurableEvent[],
    isWanted: (reaction: RegisteredReaction) => boolean = () => true,
  ): Promise<void> {
    for (const event of events) {
      for (const reaction of this.durable.for(event).filter(isWanted)) {
        const singletonKey = `${event.ticketId}:${event.seq}`;
        await this.jobs.send(reaction.name, event, {
          tx,
          singletonKey,
          urgent: reaction.urgent?.(event) ?? false,
          ...(reaction.delay !== undefined && { startAfter: reaction.delay }),
        });
      }
    }
  }
}

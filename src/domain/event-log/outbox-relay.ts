import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { RecurringTrouble } from '../../platform/logging/recurring-trouble.js';
import { Periodic } from '../../platform/schedule/periodic.decorator.js';
import { takeStreamEvents, type StoredStreamEvent } from '../outbox/outbox.queries.js';
import type { StreamEvent } from '../outbox/stream-event.js';
import { DurableReactions, type DurableEvent, type RegisteredReaction } from './durable-reactions.js';
import { claimUndispatched, claimUndispatchedOf, markDispatched } from './outbox.queries.js';
import { StreamReactions } from './stream-reactions.js';

const POLL_MS = 1_000;
const BATCH = 100;

/**
 * Turns undispatched rows of the event log, and events of other streams, into jobs, one for each durable reaction. Rows are claimed
 * with SKIP LOCKED, so any node may relay; jobs and marks commit together, so nothing is lost between commit and queue. Woken by
 * live events and by a poll.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly trouble = new RecurringTrouble(new Logger('Outbox'), 'events wait to be relayed');
  private readonly unsubscribe: (() => void)[] = [];
  private running: Promise<void> | undefined;
  private again = false;
  /** Other streams have news seldom: the relay looks there when it is told to, and at every poll. */
  private streamsAgain = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly durable: DurableReactions,
    private readonly streams: StreamReactions,
    private readonly jobs: Jobs,
    private readonly bus: EventBus,
  ) {}

  onApplicationBootstrap(): void {
    for (const reaction of this.durable.all()) {
      this.jobs.define<DurableEvent>(reaction.name, (event) => reaction.handle(event));
    }
    for (const reaction of this.streams.all()) {
      this.jobs.define<StreamEvent>(reaction.name, (event) => reaction.handle(event));
    }
    this.unsubscribe.push(
      this.bus.on('ticket.events', (events) => {
        if (events.some((event) => this.durable.areWanted(event))) this.wake();
      }),
      this.bus.on('identity.revoked', () => this.poll()),
    );
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    for (const stop of this.unsubscribe) stop();
    await this.running;
  }

  /** Finds what no live event has woken it for. */
  @Periodic(POLL_MS, 'events wait to be relayed')
  poll(): void {
    this.streamsAgain = true;
    this.wake();
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
        if (this.streamsAgain && (await this.relayStreams()) === BATCH) this.again = true;
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

  /** An event that nothing follows from goes, too. */
  private async relayStreams(): Promise<number> {
    this.streamsAgain = false;
    const taken = await this.database.$transaction(async (tx) => {
      const events = await takeStreamEvents(tx, BATCH);
      for (const { key, ...event } of distinct(events)) {
        for (const { name } of this.streams.for(event)) {
          await this.jobs.send(name, event, { tx, singletonKey: `outbox:${key}`, urgent: true });
        }
      }
      return events.length;
    });
    if (taken === BATCH) this.streamsAgain = true;
    return taken;
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

/** Events that say the same lead to the same: one of them is enough. */
function distinct(events: readonly StoredStreamEvent[]): Iterable<StoredStreamEvent> {
  return new Map(events.map((event) => [`${event.type}:${event.streamId}`, event])).values();
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { fromPrisma, type PgBoss, type PrismaTransactionLike } from 'pg-boss';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.service.js';
import type { Prisma } from '../database/generated/client.js';
import { runAsProcess } from '../http/security/request-source.js';
import { createBoss } from './boss.js';
import {
  DEAD_LETTER_QUEUE,
  DEAD_LETTERS,
  HEARTBEAT_EVERY_S,
  idOfKey,
  queueOptions,
  URGENT_PRIORITY,
  type JobHandler,
  type JobOptions,
} from './job-queues.js';

/** NOTIFY wakes the workers at once; what waits for a time or a retry is found by polling. */
const POLL_S = 2;
/** How often jobs are looked for whose process died; with pg-boss's own minute they would wait up to two. */
const SUPERVISE_S = 10;
const STOP_MS = 5_000;
const COMPLAIN_EVERY_MS = 30_000;

interface Definition {
  name: string;
  handler: JobHandler<never>;
  options: JobOptions;
  cron?: string;
}

/** How to send: inside the transaction `tx`, at most once for `singletonKey`, after so many seconds or at a time, before all that is not urgent. */
export interface SendOptions {
  tx?: PrismaTransactionLike;
  singletonKey?: string;
  startAfter?: number | Date;
  urgent?: boolean;
}

/**
 * Work that must survive a crash: queued in PostgreSQL (pg-boss), with the change that asks for it in one transaction, run
 * at least once by any process with ROLE all or worker, and kept as a dead letter when every try failed.
 */
@Injectable()
export class Jobs {
  private readonly logger = new Logger('Jobs');
  private readonly definitions = new Map<string, Definition>();
  private boss: PgBoss | undefined;
  private complainedAt = -Infinity;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {}

  /** Seconds between two looks into a queue that nobody was woken for. */
  get pollSeconds(): number {
    return POLL_S;
  }

  /** Declares a kind of job; at the latest in onApplicationBootstrap. */
  define<T extends object>(name: string, handler: JobHandler<T>, options: JobOptions = {}): void {
    this.add({ name, handler, options });
  }

  /** Declares a job that runs by the clock, in one process at a time (`cron`: five fields, UTC). */
  schedule(name: string, cron: string, handler: () => Promise<void>, options: JobOptions = {}): void {
    this.add({ name, handler, options, cron });
  }

  /** Queues a job; returns false when its `singletonKey` is known already. */
  async send(name: string, data: object, options: SendOptions = {}): Promise<boolean> {
    const { tx, singletonKey, startAfter, urgent = false } = options;
    const id = await this.running().send(name, data, {
      ...(tx && { db: fromPrisma(tx) }),
      ...(singletonKey !== undefined && { id: idOfKey(name, singletonKey) }),
      ...(startAfter !== undefined && { startAfter }),
      ...(urgent && { priority: URGENT_PRIORITY }),
    });
    return id !== null;
  }

  /**
   * Within `tx`, deletes every job whose data holds one of these, done and given up ones included; a running one is not
   * tried again. Those of the kinds `unlessWaiting` that are still to be done stay.
   */
  async forget(
    about: readonly Record<string, string>[],
    { tx, unlessWaiting }: { tx: Prisma.TransactionClient; unlessWaiting: readonly string[] },
  ): Promise<void> {
    const facts = about.map((one) => JSON.stringify(one));
    await tx.$executeRaw`
      DELETE FROM pgboss.job
       WHERE data @> ANY(${facts}::jsonb[])
         AND NOT (name = ANY(${[...unlessWaiting]}::text[]) AND state IN ('created', 'retry', 'active'))`;
  }

  /** Jobs that failed every try and wait for somebody to look. */
  async deadLetters(): Promise<number> {
    const [row] = await this.database.$queryRaw<[{ count: number }]>`
      SELECT count(*)::int AS count FROM pgboss.job WHERE name = ${DEAD_LETTERS} AND state = 'created'`;
    return row.count;
  }

  /** How many due jobs wait, and for how many seconds the longest of them has. */
  async backlog(): Promise<{ due: number; lag: number }> {
    const [row] = await this.database.$queryRaw<[{ due: number; lag: number }]>`
      SELECT count(*)::int AS due,
             coalesce(greatest(0, extract(epoch FROM now() - min(start_after))), 0)::float AS lag
      FROM pgboss.job WHERE name <> ${DEAD_LETTERS} AND state IN ('created', 'retry') AND start_after <= now()`;
    return row;
  }

  /** How many jobs each queue holds, by state; counted by pg-boss every 10 s. */
  async queues(): Promise<
    { name: string; ready: number; deferred: number; active: number; failed: number }[]
  > {
    const queues = await this.running().getQueues();
    return queues.map((queue) => ({
      name: queue.name,
      ready: queue.readyCount,
      deferred: queue.deferredCount,
      active: queue.activeCount,
      failed: queue.failedCount,
    }));
  }

  /** Sends every dead letter back to the queue it came from; returns how many. */
  redrive(): Promise<number> {
    return this.running().redrive(DEAD_LETTERS);
  }

  /** Called once, when every module has defined its jobs. */
  async start(): Promise<void> {
    const works = this.config.role !== 'web';
    const boss = createBoss(this.config, {
      useListenNotify: works,
      supervise: works,
      schedule: works,
      superviseIntervalSeconds: SUPERVISE_S,
      monitorIntervalSeconds: SUPERVISE_S,
    });
    boss.on('error', (error) => this.complain('Jobs are disturbed', error));
    boss.on('warning', (warning) => this.logger.warn({ msg: warning.message }));
    await boss.start();
    this.boss = boss;
    await this.createQueues(boss);
    if (!works) return;
    for (const definition of this.definitions.values()) await this.work(boss, definition);
    for (const { name } of await boss.getSchedules()) {
      if (this.definitions.get(name)?.cron === undefined) await boss.unschedule(name);
    }
  }

  /** Lets running handlers finish for up to 5 s; what is cut off is tried again. */
  async stop(): Promise<void> {
    const { boss } = this;
    if (!boss) return;
    this.boss = undefined;
    const idle = Promise.all([...this.definitions.keys()].map((name) => boss.offWork(name, { wait: true })));
    const patience = new AbortController();
    await Promise.race([idle, sleep(STOP_MS, undefined, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
    await boss.stop({ graceful: false });
  }

  private add(definition: Definition): void {
    const { name } = definition;
    if (this.boss) throw new Error(`The job ${name} was defined after the jobs had started.`);
    if (this.definitions.has(name)) throw new Error(`There are two jobs named ${name}.`);
    this.definitions.set(name, definition);
  }

  private running(): PgBoss {
    if (!this.boss) throw new Error('Jobs are not running.');
    return this.boss;
  }

  private async createQueues(boss: PgBoss): Promise<void> {
    const known = new Set((await boss.getQueues()).map((queue) => queue.name));
    if (known.has(DEAD_LETTERS)) await boss.updateQueue(DEAD_LETTERS, DEAD_LETTER_QUEUE);
    else await boss.createQueue(DEAD_LETTERS, DEAD_LETTER_QUEUE);
    for (const { name, options } of this.definitions.values()) {
      if (known.has(name)) await boss.updateQueue(name, queueOptions(options));
      else await boss.createQueue(name, { ...queueOptions(options), deadLetter: DEAD_LETTERS });
    }
  }

  private async work(boss: PgBoss, definition: Definition): Promise<void> {
    const { name, options, cron } = definition;
    for (let count = 0; count < (options.concurrency ?? 1); count += 1)
      await this.addWorker(boss, definition);
    if (cron !== undefined) await boss.schedule(name, cron, null, { tz: 'UTC' });
  }

  /**
   * One worker takes one job at a time, so that a job fails, is retried and expires by itself. pg-boss would pause for a
   * poll after each (its `burstWhenBatchFull` has no effect on single jobs): a worker that had a job looks for the next.
   */
  private async addWorker(boss: PgBoss, { name, handler }: Definition): Promise<void> {
    const settings = {
      pollingIntervalSeconds: this.pollSeconds,
      notifyPollingIntervalSeconds: this.pollSeconds,
      heartbeatRefreshSeconds: HEARTBEAT_EVERY_S,
    };
    const workerId = boss.work<never>(name, settings, async ([job]) => {
      if (!job) return;
      try {
        await runAsProcess(() => handler(job.data, { id: job.id, signal: job.signal }));
      } catch (error) {
        this.logger.warn({ msg: `Job ${name} failed and will be tried again`, jobId: job.id, err: error });
        throw error;
      } finally {
        boss.notifyWorker(await workerId);
      }
    });
    await workerId;
  }

  /** One line now and then: while PostgreSQL is unavailable every worker complains with every poll. */
  private complain(msg: string, error: unknown): void {
    const now = Date.now();
    if (now - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = now;
    const { message } = error as { message?: string };
    this.logger.error({ msg, reason: message ?? String(error) });
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerBody, Outcome, Sender } from './judge-http.js';
import type { Journal, Witnessed } from './judge-journal.js';
import { nextOperation, type Operation, type World } from './judge-operations.js';
import type { Random } from './judge-random.js';

/** How a writer reaches the product, and who it can be there. */
export interface Desk {
  readonly url: string;
  sender: Sender;
  headersOf: (as: string) => Record<string, string>;
}

/** A retry that comes at once would only find the same trouble. */
const BREATH_MS = 200;
const SENT_TWICE = 0.1;
/** Refusals that are part of the game: somebody else was faster, or the ticket has moved on. */
const FAIR_REFUSALS = new Set(['FORBIDDEN', 'TRANSFER_TARGET_INVALID', 'VIDEO_UNAVAILABLE']);

/**
 * N people who write all the time. What nobody answered is asked again, under the same id, until somebody says yes or no.
 * `faults` collects answers that must not happen at all.
 */
export class Writers {
  readonly faults: string[] = [];
  /** What was asked, has no answer and waits to be asked again. */
  readonly unanswered = new Map<string, Operation>();
  acked = 0;
  refused = 0;
  lost = 0;
  /** Requests that got no answer at all, not even "later". */
  cutOff = 0;
  private open = Promise.withResolvers<undefined>();
  private paused = true;
  private stopped = false;
  private busy = 0;
  /** A mistake of the judge's own. */
  private broken: unknown;
  private readonly again: { op: Operation; notBefore: number }[] = [];
  private readonly loops: Promise<void>[];

  constructor(
    private readonly desk: Desk,
    private readonly world: World,
    private readonly journal: Journal,
    private readonly random: Random,
    count: number,
  ) {
    this.loops = Array.from({ length: count }, () => this.write());
    for (const loop of this.loops) void loop.catch((error: unknown) => (this.broken = error));
  }

  go(): void {
    this.paused = false;
    this.open.resolve(undefined);
  }

  /** Nothing new is asked; resolves when every open request has its end. */
  async pause(): Promise<void> {
    if (!this.paused) this.open = Promise.withResolvers();
    this.paused = true;
    while (this.busy > 0) await sleep(5);
  }

  /** Resolves when `count` more have been acknowledged. */
  async untilAcked(count: number): Promise<void> {
    const target = this.acked + count;
    await this.until(() => this.acked >= target);
  }

  /** Resolves when something has gone without an answer since `before`. */
  async untilLost(before = this.lost): Promise<void> {
    await this.until(() => this.lost > before);
  }

  private async until(reached: () => boolean): Promise<void> {
    while (!reached()) {
      if (this.broken !== undefined) throw this.broken as Error;
      await sleep(2);
    }
  }

  /** Lets everybody finish what they began; resolves when each has its answer. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.go();
    await Promise.all(this.loops);
  }

  /** Sends everybody home, whatever they were doing. */
  abandon(): void {
    this.stopped = true;
    this.again.length = 0;
    this.go();
  }

  private async write(): Promise<void> {
    for (;;) {
      await this.open.promise;
      const op = this.next();
      if (op === undefined) {
        if (this.stopped && this.unsettled === 0) return;
        await sleep(BREATH_MS);
      } else if (!(await this.attempt(op))) this.again.push({ op, notBefore: Date.now() + BREATH_MS });
    }
  }

  /** What to ask now: first what nobody answered, once it has rested, then something new. */
  private next(): Operation | undefined {
    const rested = this.again[0];
    if (rested !== undefined && rested.notBefore <= Date.now()) return this.again.shift()?.op;
    return this.stopped ? undefined : nextOperation(this.world, this.random);
  }

  private get unsettled(): number {
    return this.again.length + this.busy;
  }

  /** True when it is settled. */
  private async attempt(op: Operation): Promise<boolean> {
    this.busy += 1;
    try {
      await this.journal.write({ what: 'sent', op });
      this.unanswered.set(op.id, op);
      const copies = this.random.chance(SENT_TWICE) ? 2 : 1;
      const outcomes = await Promise.all(Array.from({ length: copies }, () => this.send(op)));
      const settled = await Promise.all(outcomes.map((outcome) => this.settle(op, outcome)));
      this.compare(op, outcomes);
      if (settled.includes(true)) this.unanswered.delete(op.id);
      return settled.includes(true);
    } finally {
      this.busy -= 1;
    }
  }

  private send(op: Operation): Promise<Outcome> {
    const { url, sender } = this.desk;
    return sender.send(url, {
      method: op.method,
      path: `/api/v1${op.path}`,
      body: op.body,
      headers: { ...this.desk.headersOf(op.as), ...(op.keyed && { 'idempotency-key': op.id }) },
    });
  }

  private async settle(op: Operation, outcome: Outcome): Promise<boolean> {
    if (outcome.kind !== 'answered') {
      this.lost += 1;
      if (outcome.kind === 'lost') this.cutOff += 1;
      const why = outcome.kind === 'lost' ? outcome.why : 'connection refused';
      await this.journal.write({ what: 'lost', op: op.id, why });
      return false;
    }
    const { status, body } = outcome;
    if (status === 200 || status === 201) {
      await this.journal.write({ what: 'acked', op: op.id, answer: witnessed(body) });
      this.acked += 1;
      this.world.learn(op, body);
      return true;
    }
    return this.settleRefusal(op, status, outcome.retryAfter, body);
  }

  private async settleRefusal(
    op: Operation,
    status: number,
    retryAfter: string | undefined,
    body: AnswerBody,
  ): Promise<boolean> {
    const code = body.error ?? String(status);
    const later = status === 503 || code === 'IDEMPOTENCY_IN_FLIGHT';
    if (later && retryAfter !== undefined && code !== 'VIDEO_UNAVAILABLE') {
      this.lost += 1;
      await this.journal.write({ what: 'lost', op: op.id, why: code });
      return false;
    }
    if (status !== 409 && !FAIR_REFUSALS.has(code))
      this.faults.push(`${op.kind} ${op.id} was answered ${status} ${JSON.stringify(body)}`);
    await this.journal.write({ what: 'refused', op: op.id, code });
    this.refused += 1;
    return true;
  }

  /** The same request sent twice at once must not be given two different things. */
  private compare(op: Operation, outcomes: readonly Outcome[]): void {
    // A ticket's answer shows how far its log had come; a message has one place forever.
    const isMessage = ['message', 'reply', 'note'].includes(op.kind);
    const given = outcomes.flatMap((one) =>
      one.kind === 'answered' && one.status < 300 ? [`${one.body.id} ${isMessage ? one.body.seq : ''}`] : [],
    );
    if (new Set(given).size > 1) this.faults.push(`${op.kind} ${op.id} was given twice: ${given.join(', ')}`);
  }
}

function witnessed({ id, seq, number, adminId }: AnswerBody): Witnessed {
  return {
    ...(id !== undefined && { id }),
    ...(seq !== undefined && { seq }),
    ...(number !== undefined && { number }),
    ...(adminId !== undefined && { adminId }),
  };
}

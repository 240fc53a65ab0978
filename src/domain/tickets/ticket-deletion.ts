import type { Prisma } from '../../platform/database/generated/client.js';
import type { TicketRow } from '../event-log/rows.js';

/** One ticket that is deleted for good, inside the transaction that deletes it. */
export class TicketDeletion {
  private readonly works: (() => Promise<void>)[] = [];
  private readonly news: (() => void)[] = [];

  constructor(
    readonly tx: Prisma.TransactionClient,
    readonly ticket: TicketRow,
  ) {}

  /** `work` runs in the same transaction, when the rows of the ticket are gone. */
  whenGone(work: () => Promise<void>): void {
    this.works.push(work);
  }

  /** `tell` runs when the transaction has committed. */
  afterCommit(tell: () => void): void {
    this.news.push(tell);
  }

  async gone(): Promise<void> {
    for (const work of this.works) await work();
  }

  committed(): void {
    for (const tell of this.news) tell();
  }
}

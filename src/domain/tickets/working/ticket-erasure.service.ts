import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../platform/database/generated/client.js';
import { IdempotencyStore } from '../../../platform/http/idempotency/idempotency-store.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { OutboxRelay } from '../../event-log/outbox-relay.js';
import type { TicketRow } from '../../event-log/rows.js';
import { forgetTags } from '../../taxonomy/taxonomy.queries.js';
import { TicketDeletion } from '../ticket-deletion.js';
import { ticketNotFound } from '../ticket.errors.js';
import { TicketHooks } from '../ticket-hooks.js';

/**
 * Deletes a ticket and everything that only it kept alive. Its rows go with it by foreign key (log, messages, calls,
 * notifications); a module that keeps a word of the person elsewhere registers a hook that erases it: a test looks through every
 * column of every table.
 */
@Injectable()
export class TicketErasure {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly jobs: Jobs,
    private readonly answers: IdempotencyStore,
    private readonly hooks: TicketHooks,
  ) {}

  /** Gives the deletion, which is to be told after the commit. Throws ticketNotFound. */
  async erase(tx: Prisma.TransactionClient, ticket: TicketRow): Promise<TicketDeletion> {
    await this.relay.relayLast(tx, ticket.id);
    const deletion = new TicketDeletion(tx, ticket);
    await this.hooks.erasing(deletion);
    const { count } = await tx.ticket.deleteMany({ where: { id: ticket.id } });
    if (count === 0) throw ticketNotFound();
    await this.answers.erase(ticket.id, tx);
    await forgetTags(tx, ticket.tags, ticket.id);
    await deletion.gone();
    await this.jobs.forget([{ ticketId: ticket.id }], { tx, unlessWaiting: this.relay.lastWords });
    return deletion;
  }
}

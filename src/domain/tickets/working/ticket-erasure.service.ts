import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../platform/database/generated/client.js';
import { IdempotencyStore } from '../../../platform/http/idempotency/idempotency-store.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { MailAddresses } from '../../../platform/mail/mail-addresses.js';
import { FileRemoval } from '../../../platform/storage/file-removal.job.js';
import { AuditLog } from '../../audit/audit-log.js';
import { OutboxRelay } from '../../event-log/outbox-relay.js';
import type { TicketRow } from '../../event-log/rows.js';
import { eraseLinks, eraseSessions, filesOf, lockPerson, withoutTickets } from './ticket-erasure.queries.js';
import { ticketNotFound } from '../ticket.errors.js';

/**
 * Deletes a ticket and everything that only it kept alive. Its rows go with it by foreign key (log, messages, calls,
 * notifications); this names the rest, in every place that can hold a word of the person. Whoever adds such a place adds it
 * here: a test looks through every column of every table.
 */
@Injectable()
export class TicketErasure {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly jobs: Jobs,
    private readonly answers: IdempotencyStore,
    private readonly addresses: MailAddresses,
    private readonly files: FileRemoval,
    private readonly audit: AuditLog,
  ) {}

  /** Returns the donor sessions that ended with it, to be announced after the commit. Throws ticketNotFound. */
  async erase(tx: Prisma.TransactionClient, ticket: TicketRow): Promise<string[]> {
    await this.relay.relayLast(tx, ticket.id);
    const person = await lockPerson(tx, ticket);
    await this.files.queue(await filesOf(tx, ticket.id), tx);
    const { count } = await tx.ticket.deleteMany({ where: { id: ticket.id } });
    if (count === 0) throw ticketNotFound();
    await this.answers.erase(ticket.id, tx);
    const left = await withoutTickets(tx, person);
    const sessionIds = await eraseSessions(tx, left);
    const linkIds = await eraseLinks(tx, left.mailboxes, sessionIds);
    await this.addresses.erase(left.mailboxes, tx);
    await this.audit.eraseSubjects('donor.verified', left.ownerKeys, tx);
    const about = [{ ticketId: ticket.id }, ...linkIds.map((linkId) => ({ linkId }))];
    await this.jobs.forget(about, { tx, unlessWaiting: this.relay.lastWords });
    return sessionIds;
  }
}

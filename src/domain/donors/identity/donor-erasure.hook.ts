import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '../../../platform/events/event-bus.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { MailAddresses } from '../../../platform/mail/mail-addresses.js';
import { AuditLog } from '../../audit/audit-log.js';
import '../../auth/auth.events.js';
import type { TicketDeletion } from '../../tickets/ticket-deletion.js';
import { TicketHooks, type TicketHook } from '../../tickets/ticket-hooks.js';
import {
  eraseLinks,
  eraseProofs,
  eraseSessions,
  lockPerson,
  withoutTickets,
} from './donor-erasure.queries.js';
import type { TicketPerson } from './donor-erasure.queries.js';

/** With somebody's last ticket goes what is known of them: the person, sessions, links, addresses. */
@Injectable()
export class DonorErasureHook implements TicketHook, OnModuleInit {
  constructor(
    private readonly hooks: TicketHooks,
    private readonly jobs: Jobs,
    private readonly addresses: MailAddresses,
    private readonly audit: AuditLog,
    private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.hooks.register(this);
  }

  async erasing(deletion: TicketDeletion): Promise<void> {
    const person = await lockPerson(deletion.tx, deletion.ticket);
    deletion.whenGone(() => this.eraseWithoutTickets(deletion, person));
  }

  private async eraseWithoutTickets(deletion: TicketDeletion, person: TicketPerson): Promise<void> {
    const { tx } = deletion;
    const left = await withoutTickets(tx, person);
    const sessionIds = await eraseSessions(tx, left);
    await eraseProofs(tx, left.ownerKeys);
    const linkIds = await eraseLinks(tx, left.mailboxes, sessionIds);
    await this.addresses.erase(left.mailboxes, tx);
    await this.audit.eraseSubjects('donor.verified', left.ownerKeys, tx);
    const about = linkIds.map((linkId) => ({ linkId }));
    await this.jobs.forget(about, { tx, unlessWaiting: [] });
    deletion.afterCommit(() => {
      for (const donorSessionId of sessionIds) this.bus.publish('identity.revoked', { donorSessionId });
    });
  }
}

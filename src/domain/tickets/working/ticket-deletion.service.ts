import { Injectable } from '@nestjs/common';
import type { TicketStatus } from '../../../contract/ticket-status.js';
import { EventBus } from '../../../platform/events/event-bus.js';
import { AuditLog } from '../../audit/audit-log.js';
import { eventActor, type StaffActor, type SystemActor } from '../../auth/actor.js';
import type { TicketRow } from '../../event-log/rows.js';
import { TicketLog } from '../../event-log/ticket-log.js';
import { TicketChanges } from '../ticket-change.js';
import { TicketHooks } from '../ticket-hooks.js';
import { TicketErasure } from './ticket-erasure.service.js';

/** Tickets that are over for good, unless staff bring them back. */
const ENDED: ReadonlySet<TicketStatus> = new Set(['closed', 'cancelled']);

/** Deletes tickets for good. */
@Injectable()
export class TicketDeletionService {
  constructor(
    private readonly changes: TicketChanges,
    private readonly hooks: TicketHooks,
    private readonly log: TicketLog,
    private readonly bus: EventBus,
    private readonly audit: AuditLog,
    private readonly erasure: TicketErasure,
  ) {}

  /**
   * With its log, and with what is known of a person who has no other ticket. Closing its room still runs, and an audit entry
   * with its number remains.
   */
  async delete(actor: StaffActor, ticketId: string): Promise<void> {
    const ticket = await this.changes.run(actor, ticketId, 'delete', (change) => this.hooks.deleting(change));
    await this.erase(actor, ticket);
  }

  /** The same for a ticket that ended before this time; nothing for any other. */
  async deleteEnded(actor: SystemActor, ticketId: string, before: Date): Promise<void> {
    const { ticket, result: isDue } = await this.changes.runFor(actor, ticketId, 'delete', async (change) => {
      const { status, closedAt } = change.ticket;
      if (!ENDED.has(status) || closedAt === null || closedAt >= before) return false;
      await this.hooks.deleting(change);
      return true;
    });
    if (isDue) await this.erase(actor, ticket);
  }

  private async erase(actor: StaffActor | SystemActor, ticket: TicketRow): Promise<void> {
    const deletion = await this.log.transaction(async ({ tx }) => {
      const data = { number: ticket.number };
      await this.audit.record({ action: 'ticket.deleted', actor, subject: ticket.id, data }, tx);
      return this.erasure.erase(tx, ticket);
    });
    this.bus.publish('ticket.deleted', { ticket, actor: eventActor(actor, ticket) });
    deletion.committed();
  }
}

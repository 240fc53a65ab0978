import { Injectable } from '@nestjs/common';
import type { TicketStatus } from '../../../contract/ticket-status.js';
import { forbidden } from '../../../platform/http/errors/domain-error.js';
import type { Actor, StaffActor, SystemActor } from '../../auth/actor.js';
import type { TicketRow } from '../../event-log/rows.js';
import { TicketChanges } from '../ticket-change.js';
import { TicketStatusService } from '../ticket-status.service.js';
import { illegalTransition, ratingRefused, ticketNotFound } from '../ticket.errors.js';
import type { RateTicketDto } from './ticket.dto.js';
import { ENDING_STATUSES } from '../ticket.transitions.js';

/** Spam and duplicates, which are cancelled, have nothing to rate. */
const RATED_STATUSES: ReadonlySet<TicketStatus> = new Set(['resolved', 'closed']);
/** A rating may be changed for a day. */
const RATING_WINDOW_MS = 24 * 60 * 60 * 1_000;

/** How a ticket ends and comes back: resolve, close, cancel, reopen, rate. */
@Injectable()
export class TicketLifecycleService {
  constructor(
    private readonly changes: TicketChanges,
    private readonly status: TicketStatusService,
  ) {}

  /** By staff or by the donor; ends an open call. Resolving twice is fine. */
  resolve(actor: Actor, ticketId: string, donorId?: string): Promise<TicketRow> {
    const action = actor.kind === 'staff' ? 'work' : 'take_part_by_link';
    return this.changes.run(actor, ticketId, action, async (change) => {
      if (donorId !== undefined && change.ticket.donorId !== donorId) throw ticketNotFound();
      if (change.ticket.status !== 'resolved') await this.status.move(change, 'resolved');
    });
  }

  close(actor: StaffActor, ticketId: string): Promise<TicketRow> {
    return this.changes.run(actor, ticketId, 'work', (change) => this.status.move(change, 'closed'));
  }

  /** Closes a ticket that has been resolved since before this time; says nothing, and does nothing to any other. */
  async closeResolved(actor: SystemActor, ticketId: string, before: Date): Promise<void> {
    await this.changes.run(actor, ticketId, 'work', async (change) => {
      const { status, resolvedAt } = change.ticket;
      if (status !== 'resolved' || resolvedAt === null || resolvedAt >= before) return;
      await this.status.move(change, 'closed', { quiet: true });
    });
  }

  cancel(actor: StaffActor, ticketId: string): Promise<TicketRow> {
    return this.changes.run(actor, ticketId, 'work', (change) => this.status.move(change, 'cancelled'));
  }

  reopen(actor: StaffActor, ticketId: string): Promise<TicketRow> {
    return this.changes.run(actor, ticketId, 'work', async (change) => {
      const { status } = change.ticket;
      if (!ENDING_STATUSES.has(status)) throw illegalTransition(status, 'pending');
      await this.status.move(change, 'pending');
    });
  }

  /** The donor's word on how it went, after the end; may be changed for 24 hours. */
  rate(actor: Actor, ticketId: string, dto: RateTicketDto): Promise<TicketRow> {
    return this.changes.run(actor, ticketId, 'take_part', (change) => {
      const { ticket } = change;
      if (actor.kind === 'staff') throw forbidden('Only the donor can rate a ticket.');
      if (!RATED_STATUSES.has(ticket.status))
        throw ratingRefused('You can rate this ticket once it is resolved.');
      if (ticket.ratedAt !== null && Date.now() - ticket.ratedAt.getTime() > RATING_WINDOW_MS) {
        throw ratingRefused('This rating can no longer be changed.');
      }
      const comment = dto.comment ?? null;
      change.set({ rating: dto.rating, ratingComment: comment, ratedAt: ticket.ratedAt ?? new Date() });
      change.record({ type: 'ticket.rated', public: true, data: { rating: dto.rating, comment } });
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { StaffActor, SystemActor } from '../auth/actor.js';
import type { TicketRow } from '../timeline/ticket-event.js';
import { TicketChanges, type TicketChange } from './ticket-change.js';
import { TicketOwners } from './ticket-owners.service.js';
import { TicketStatusService } from './ticket-status.service.js';
import { illegalTransition, ticketAlreadyAssigned, transferTargetInvalid } from './ticket.errors.js';
import type { AdminShape } from './ticket-shapes.js';
import { ENDING_STATUSES } from './ticket.transitions.js';
import { TransfersService } from './transfers.service.js';
import type { TicketStatus } from '../../contract/ticket-status.js';

export interface Transfer {
  /** A retry of a keyed request brings the same one. */
  id: string;
  toAdminId: number;
  notes: string | null;
}

/** Who owns a ticket: accept, assign, transfer. The ticket's lock makes sure there is one winner. */
@Injectable()
export class TicketAssignmentService {
  constructor(
    private readonly changes: TicketChanges,
    private readonly owners: TicketOwners,
    private readonly status: TicketStatusService,
    private readonly transfers: TransfersService,
  ) {}

  /**
   * Gives the ticket to a member of staff, by default the actor (S1 §Assign Ticket to Admin). Throws
   * ticketAlreadyAssigned when somebody else owns it, unless a SUPER_ADMIN decides.
   */
  async assign(actor: StaffActor, ticketId: string, adminId: number = actor.id): Promise<TicketRow> {
    return this.changes.run(actor, ticketId, 'work', async (change) => {
      await this.mustBeFree(change, actor, adminId);
      const target = await this.owners.eligible(change.tx, adminId);
      await this.give(change, target, adminId === actor.id ? 'accepted' : 'assigned');
    });
  }

  /** Hands the ticket to another admin with a note for them (S1 §Transfer Ticket). */
  async transfer(
    actor: StaffActor,
    ticketId: string,
    { id, toAdminId, notes }: Transfer,
  ): Promise<TicketRow> {
    const before = await this.transfers.madeBefore(actor, ticketId, id);
    if (before !== null) return before;
    return this.changes.run(actor, ticketId, 'hand_over', async (change) => {
      const from = change.ticket.adminId;
      if (from === toAdminId) throw transferTargetInvalid('This admin owns the ticket already.');
      const target = await this.owners.eligible(change.tx, toAdminId);
      await this.status.move(change, 'transferred');
      change.set({ adminId: toAdminId });
      await change.tx.ticketTransfer.create({
        data: { id, ticketId, fromAdminId: from ?? actor.id, toAdminId, transferNotes: notes },
      });
      await change.tx.user.update({ where: { id: toAdminId }, data: { lastAssignedAt: new Date() } });
      change.record({
        type: 'ticket.transferred',
        public: true,
        data: { fromAdminId: from, toAdminId, by: actor.id, notes, admin: target },
      });
      change.say(`Transferred to ${target.name}.`);
    });
  }

  /**
   * Leaves an open ticket to the team when its owner, `from`, has left. Does nothing when the ticket has ended or has another
   * owner by now, or when they are back.
   */
  async handBack(actor: SystemActor, ticketId: string, from: number): Promise<void> {
    await this.changes.run(actor, ticketId, 'work', async (change) => {
      const { adminId, status } = change.ticket;
      if (adminId !== from || ENDING_STATUSES.has(status as TicketStatus)) return;
      if (await this.owners.isEligible(change.tx, from)) return;
      change.set({ adminId: null });
      const data = { from, to: null, by: null, reason: 'owner_left', admin: null };
      change.record({ type: 'ticket.assigned', public: true, data });
      if (status === 'transferred') await this.status.move(change, 'pending');
    });
  }

  /** Makes `target` the owner within a change that is under way. A ticket nobody had taken becomes pending. */
  async give(change: TicketChange, target: AdminShape, reason: string): Promise<void> {
    const from = change.ticket.adminId;
    const status = change.ticket.status as TicketStatus;
    if (ENDING_STATUSES.has(status)) throw illegalTransition(status, 'pending');
    if (from !== target.id) {
      change.set({ adminId: target.id });
      await change.tx.user.update({ where: { id: target.id }, data: { lastAssignedAt: new Date() } });
      const by = change.actor.kind === 'staff' ? change.actor.id : null;
      change.record({
        type: 'ticket.assigned',
        public: true,
        data: { from, to: target.id, by, reason, admin: target },
      });
      change.say(`${target.name} is now helping you.`);
    }
    if (status === 'new' || status === 'transferred') await this.status.move(change, 'pending');
  }

  private async mustBeFree(change: TicketChange, actor: StaffActor, adminId: number): Promise<void> {
    const owner = change.ticket.adminId;
    if (owner === null || owner === adminId) return;
    if (actor.role === 'SUPER_ADMIN' || owner === actor.id) return;
    const current = await this.owners.of(change.tx, owner);
    if (current !== null)
      throw ticketAlreadyAssigned({ id: current.id, name: current.name, username: current.username });
  }
}

import type { AssignmentReason } from '../../../contract/events/event-data.js';
import { Injectable } from '@nestjs/common';
import type { StaffActor, SystemActor } from '../../auth/actor.js';
import type { TicketRow } from '../../event-log/rows.js';
import { TicketChanges, type TicketChange } from '../ticket-change.js';
import { newOwner } from '../system-message.js';
import { TicketHooks } from '../ticket-hooks.js';
import { TicketOwners } from '../ticket-owners.service.js';
import { TicketStatusService } from '../ticket-status.service.js';
import { illegalTransition, ticketAlreadyAssigned, transferTargetInvalid } from '../ticket.errors.js';
import type { AdminResponse } from '../ticket-shapes.js';
import { ENDING_STATUSES } from '../ticket.transitions.js';
import { TransfersService } from './transfers.service.js';

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
    private readonly hooks: TicketHooks,
  ) {}

  /**
   * Accepts the ticket, or gives it to the member of staff who is named. Accepting never takes a
   * ticket from anybody; a SUPER_ADMIN takes it over by naming who gets it. Throws ticketAlreadyAssigned.
   */
  async assign(actor: StaffActor, ticketId: string, adminId?: number): Promise<TicketRow> {
    return this.changes.run(actor, ticketId, 'work', async (change) => {
      const to = adminId ?? actor.id;
      const mayTakeOver = adminId !== undefined && mayReassign(actor, change.ticket.adminId);
      await this.mustBeFree(change, to, mayTakeOver);
      const isAccept = to === actor.id && change.ticket.adminId === null;
      const target = await this.owners.eligible(change.tx, to);
      await this.assignTo(change, target, isAccept ? 'accepted' : 'assigned');
    });
  }

  /** Names another owner within a change that is under way. Throws ticketAlreadyAssigned. */
  async reassign(change: TicketChange, actor: StaffActor, adminId: number): Promise<void> {
    if (change.ticket.adminId === adminId) return;
    await this.mustBeFree(change, adminId, mayReassign(actor, change.ticket.adminId));
    await this.assignTo(change, await this.owners.eligible(change.tx, adminId), 'assigned');
  }

  /** Leaves the ticket to the team within a change that is under way. Throws ticketAlreadyAssigned. */
  async release(change: TicketChange, actor: StaffActor): Promise<void> {
    const { adminId, status } = change.ticket;
    if (adminId === null) return;
    if (!mayReassign(actor, adminId)) await this.mustBeFree(change, actor.id, false);
    await this.status.giveBack(change, 'handed_back');
    if (status === 'waiting_for_donor') await this.status.move(change, 'new');
  }

  /** Hands the ticket to another admin with a note for them. */
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
      change.postSystemMessage({
        key: 'ticket.transferred',
        params: newOwner(target, actor),
      });
      await this.hooks.ownerChanged(change, { from, to: toAdminId });
    });
  }

  /**
   * Leaves an open ticket to the team when its owner, `from`, has left. Does nothing when the ticket has ended or has another
   * owner by now, or when they are back.
   */
  async handBack(actor: SystemActor, ticketId: string, from: number): Promise<void> {
    await this.changes.run(actor, ticketId, 'work', async (change) => {
      const { adminId, status } = change.ticket;
      if (adminId !== from || ENDING_STATUSES.has(status)) return;
      await this.status.giveBackIfOwnerLeft(change);
    });
  }

  /** Makes `target` the owner within a change that is under way. A ticket nobody had taken becomes pending. */
  async assignTo(change: TicketChange, target: AdminResponse, reason: AssignmentReason): Promise<void> {
    const { status } = change.ticket;
    if (ENDING_STATUSES.has(status)) throw illegalTransition(status, 'pending');
    await this.owners.assignTo(change, target, reason);
    if (status === 'new' || status === 'transferred') await this.status.move(change, 'pending');
  }

  /** Makes the actor the owner of a ticket that nobody owns, or whose owner has left, within a change that is under way. */
  async takeIfFree(change: TicketChange, actor: StaffActor, reason: AssignmentReason): Promise<void> {
    await this.status.giveBackIfOwnerLeft(change);
    if (change.ticket.adminId === null)
      await this.assignTo(change, await this.owners.eligible(change.tx, actor.id), reason);
  }

  /** An owner who has left stands in nobody's way: the ticket goes back to the team first. */
  private async mustBeFree(change: TicketChange, to: number, mayTakeOver: boolean): Promise<void> {
    const owner = change.ticket.adminId;
    if (owner === null || owner === to || mayTakeOver) return;
    if (await this.owners.hasLeft(change)) {
      await this.owners.release(change, 'owner_left');
      return;
    }
    const current = await this.owners.of(change.tx, owner);
    if (current !== null)
      throw ticketAlreadyAssigned({ id: current.id, name: current.name, username: current.username });
  }
}

/** A ticket of somebody else is a SUPER_ADMIN's to give away, one's own anybody's. */
function mayReassign(actor: StaffActor, owner: number | null): boolean {
  return actor.role === 'SUPER_ADMIN' || owner === actor.id;
}

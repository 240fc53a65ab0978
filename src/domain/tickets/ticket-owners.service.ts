import type { AssignmentReason } from '../../contract/events/event-data.js';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../platform/database/generated/client.js';
import { newOwner } from './system-message.js';
import type { TicketChange } from './ticket-change.js';
import { TicketHooks } from './ticket-hooks.js';
import type { AdminResponse } from './ticket-shapes.js';
import { transferTargetInvalid } from './ticket.errors.js';

const SUMMARY = { id: true, name: true, username: true, avatar: true } as const;

/** Staff as owners of tickets. */
@Injectable()
export class TicketOwners {
  constructor(private readonly hooks: TicketHooks) {}

  /** Who owns it; null when nobody does. */
  async of(
    db: Pick<Prisma.TransactionClient, 'user'>,
    adminId: number | null,
  ): Promise<AdminResponse | null> {
    if (adminId === null) return null;
    return db.user.findUnique({ where: { id: adminId }, select: SUMMARY });
  }

  /**
   * Somebody who may own a ticket: exists and is active, else transferTargetInvalid. Locked, so that an account which is being
   * closed at this moment gets no ticket that nobody would give back.
   */
  async eligible(
    tx: Pick<Prisma.TransactionClient, 'user' | '$executeRaw'>,
    adminId: number,
  ): Promise<AdminResponse> {
    await tx.$executeRaw`SELECT 1 FROM users WHERE id = ${adminId} FOR NO KEY UPDATE`;
    const user = await tx.user.findFirst({ where: { id: adminId, isActive: true }, select: SUMMARY });
    if (user === null) throw transferTargetInvalid('There is no active member of staff with this id.');
    return user;
  }

  /**
   * True when the ticket's owner is not active any more. Locks the owner until the change commits: the job that gives back the
   * tickets of somebody who leaves at this moment then finds the ticket open.
   */
  async hasLeft({ tx, ticket }: TicketChange): Promise<boolean> {
    if (ticket.adminId === null) return false;
    const rows = await tx.$queryRaw<{ isActive: boolean }[]>`
      SELECT is_active AS "isActive" FROM users WHERE id = ${ticket.adminId} FOR NO KEY UPDATE`;
    return rows[0]?.isActive !== true;
  }

  /** Leaves the ticket to the team. Says nothing about its status. */
  async release(change: TicketChange, reason: 'owner_left' | 'handed_back'): Promise<void> {
    const from = change.ticket.adminId;
    if (from === null) return;
    const by = reason === 'handed_back' && change.actor.kind === 'staff' ? change.actor.id : null;
    change.set({ adminId: null });
    change.record({
      type: 'ticket.assigned',
      public: true,
      data: { from, to: null, by, reason, admin: null },
    });
    await this.hooks.ownerChanged(change, { from, to: null });
  }

  /** Makes `target` the owner. Says nothing about the status. */
  async assignTo(change: TicketChange, target: AdminResponse, reason: AssignmentReason): Promise<void> {
    const from = change.ticket.adminId;
    if (from === target.id) return;
    change.set({ adminId: target.id });
    await change.tx.user.update({ where: { id: target.id }, data: { lastAssignedAt: new Date() } });
    const by = change.actor.kind === 'staff' ? change.actor.id : null;
    change.record({
      type: 'ticket.assigned',
      public: true,
      data: { from, to: target.id, by, reason, admin: target },
    });
    change.postSystemMessage({
      key: 'ticket.assigned',
      params: newOwner(target, change.actor),
    });
    await this.hooks.ownerChanged(change, { from, to: target.id });
  }
}

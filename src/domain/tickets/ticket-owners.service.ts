import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../platform/database/generated/client.js';
import type { AdminShape } from './ticket-shapes.js';
import { transferTargetInvalid } from './ticket.errors.js';

const SUMMARY = { id: true, name: true, username: true, avatar: true } as const;

/** Staff as owners of tickets. */
@Injectable()
export class TicketOwners {
  /** Who owns it; null when nobody does. */
  async of(db: Pick<Prisma.TransactionClient, 'user'>, adminId: number | null): Promise<AdminShape | null> {
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
  ): Promise<AdminShape> {
    await tx.$executeRaw`SELECT 1 FROM users WHERE id = ${adminId} FOR NO KEY UPDATE`;
    const user = await tx.user.findFirst({ where: { id: adminId, isActive: true }, select: SUMMARY });
    if (user === null) throw transferTargetInvalid('There is no active member of staff with this id.');
    return user;
  }

  async isEligible(tx: Pick<Prisma.TransactionClient, 'user'>, adminId: number): Promise<boolean> {
    return (await tx.user.count({ where: { id: adminId, isActive: true } })) > 0;
  }
}

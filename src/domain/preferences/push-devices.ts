import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { ownerKeysOf, type OwnerFacts } from '../auth/owner-key.js';

export interface PushDevice {
  id: string;
  token: string;
}

/** Devices whose sign-in lasts. Without one they belong to bearers of a backend's token, or an earlier version registered them. */
const SIGNED_IN = {
  OR: [{ loginId: null }, { login: { endedAt: null } }],
} satisfies Prisma.DeviceWhereInput;

interface TicketOwner extends OwnerFacts {
  donorSessionId: string | null;
}

/** Whose phones ring: devices of staff, and of the donor who owns a ticket. */
@Injectable()
export class PushDevices {
  constructor(private readonly database: Database) {}

  /** Those of the session that opened the ticket, and of everybody who owns it by a proven identity (ticket.policy). */
  ofDonor(ticket: TicketOwner): Promise<PushDevice[]> {
    return this.database.$queryRaw<PushDevice[]>(Prisma.sql`
      SELECT d.id, d.token
        FROM devices d JOIN donor_sessions s ON s.id = d.donor_session_id
       WHERE s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > now())
         AND CASE WHEN s.owner_key IS NULL THEN s.id = ${ticket.donorSessionId}::uuid
                  ELSE s.owner_key = ANY(${ownerKeysOf(ticket)}::text[]) END`);
  }

  async ofStaff(userId: number): Promise<PushDevice[]> {
    return this.database.device.findMany({
      where: { userId, user: { isActive: true }, ...SIGNED_IN },
      select: { id: true, token: true },
    });
  }

  /** Which of these members of staff have a device at all. */
  async staffWithDevices(userIds: readonly number[]): Promise<Set<number>> {
    const rows = await this.database.device.findMany({
      where: { userId: { in: [...userIds] }, ...SIGNED_IN },
      select: { userId: true },
      distinct: ['userId'],
    });
    return new Set(rows.flatMap(({ userId }) => userId ?? []));
  }

  /** The vendor says that this token is worthless. */
  async gone(deviceId: string, token: string): Promise<void> {
    await this.database.device.deleteMany({ where: { id: deviceId, token } });
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { PushServices } from '../../platform/push/push-services.js';
import type { Subscription } from '../../platform/push/web/web-push.js';
import { ownerKeysOf, type OwnerFacts } from '../auth/owner-key.js';

/** An app or browser that FCM knows. */
export interface Phone {
  id: string;
  token: string;
}

/** A browser that is reached by its own push service. */
export interface Browser extends Subscription {
  id: string;
}

export type PushDevice = Phone | Browser;

/** Devices whose sign-in lasts. Without one they belong to bearers of a backend's token, or an earlier version registered them. */
const SIGNED_IN = {
  OR: [{ loginId: null }, { login: { endedAt: null } }],
} satisfies Prisma.DeviceWhereInput & Prisma.WebPushSubscriptionWhereInput;

interface TicketOwner extends OwnerFacts {
  donorSessionId: string | null;
}

/** Whose phones and browsers ring, as far as the desk can reach them: those of staff, and of the donor who owns a ticket. */
@Injectable()
export class PushDevices {
  constructor(
    private readonly database: Database,
    private readonly services: PushServices,
  ) {}

  /** Those of the session that opened the ticket, and of everybody who owns it by a proven identity (ticket.policy). */
  async ofDonor(ticket: TicketOwner): Promise<Phone[]> {
    if (!this.services.phones.isConfigured) return [];
    return this.database.$queryRaw<Phone[]>(Prisma.sql`
      SELECT d.id, d.token
        FROM devices d JOIN donor_sessions s ON s.id = d.donor_session_id
       WHERE s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > now())
         AND CASE WHEN s.owner_key IS NULL THEN s.id = ${ticket.donorSessionId}::uuid
                  ELSE s.owner_key = ANY(${ownerKeysOf(ticket)}::text[]) END`);
  }

  async ofStaff(userId: number): Promise<PushDevice[]> {
    const where = { userId, user: { isActive: true }, ...SIGNED_IN };
    const phones = this.services.phones.isConfigured
      ? await this.database.device.findMany({ where, select: { id: true, token: true } })
      : [];
    const browsers = this.services.browsers.isConfigured
      ? await this.database.webPushSubscription.findMany({
          where,
          select: { id: true, endpoint: true, p256dh: true, auth: true },
        })
      : [];
    return [...phones, ...browsers];
  }

  /** Which of these members of staff have a device at all. */
  async staffWithDevices(userIds: readonly number[]): Promise<Set<number>> {
    const which = {
      where: { userId: { in: [...userIds] }, ...SIGNED_IN },
      select: { userId: true },
      distinct: ['userId' as const],
    };
    const rows = [
      ...(this.services.phones.isConfigured ? await this.database.device.findMany(which) : []),
      ...(this.services.browsers.isConfigured ? await this.database.webPushSubscription.findMany(which) : []),
    ];
    return new Set(rows.flatMap(({ userId }) => userId ?? []));
  }

  /** The vendor says that this device takes no more pushes. It may have registered again meanwhile. */
  async gone(device: PushDevice): Promise<void> {
    if ('token' in device)
      await this.database.device.deleteMany({ where: { id: device.id, token: device.token } });
    else {
      const { id, auth } = device;
      await this.database.webPushSubscription.deleteMany({ where: { id, auth } });
    }
  }
}

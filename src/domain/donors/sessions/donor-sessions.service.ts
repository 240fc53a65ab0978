import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DelegatedRole } from '../../../contract/roles.js';
import { Database } from '../../../platform/database/database.service.js';
import type { Prisma } from '../../../platform/database/generated/client.js';
import { EventBus } from '../../../platform/events/event-bus.js';
import '../../auth/auth.events.js';
import { writeGuestDonor, writeProvenDonor } from '../donors.queries.js';
import { firstExpiry } from './donor-session-life.js';
import { newDonorToken } from './donor-token.js';
import { endIdentity, endSession } from './donor-sessions.queries.js';

/** Whom a session is for. `ownerKey` and `verifiedAt` only when a trusted backend or a mailbox has vouched for the donor. */
export interface NewDonorSession {
  donorId: string;
  email?: string | null;
  name?: string | null;
  /** The language in which the person writes; kept with the person. */
  locale?: string | null;
  issuer?: string;
  donorRole?: DelegatedRole | null;
  ownerKey?: string;
  verifiedAt?: Date;
  expiresAt?: Date;
}

/** A new session, the person whose it is, and the token that opens it. */
export interface IssuedSession {
  sessionId: string;
  donorUuid: string;
  token: string;
}

/** A donor on one device. Its token is shown once; only the hash is stored. */
@Injectable()
export class DonorSessionsService {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
  ) {}

  /** Within `tx` when the session must stand or fall with the proof. */
  async issue(
    { locale = null, ...session }: NewDonorSession,
    tx: Prisma.TransactionClient = this.database,
  ): Promise<IssuedSession> {
    const { token, hash } = newDonorToken();
    const { ownerKey, email = null, name = null } = session;
    const id = randomUUID();
    const [donor] = await tx.$queryRaw<[{ id: string }]>(
      ownerKey === undefined
        ? writeGuestDonor({ id, email, name, locale })
        : writeProvenDonor({ ownerKey, email, name, locale }),
    );
    await tx.donorSession.create({
      data: {
        expiresAt: firstExpiry({ isVerified: ownerKey !== undefined }),
        ...session,
        id,
        donorUuid: donor.id,
        tokenHash: hash,
      },
      select: { id: true },
    });
    return { sessionId: id, donorUuid: donor.id, token };
  }

  /** Makes the session's token worthless: here at once, on other nodes within 5 s. Fine to repeat. */
  async revoke(sessionId: string): Promise<number> {
    return this.announced(await endSession(this.database, sessionId));
  }

  /** The same for all sessions of a proven identity: its devices, and the guest's sessions whose tickets came to it. */
  async revokeIdentity(ownerKey: string): Promise<number> {
    return this.announced(await endIdentity(this.database, ownerKey));
  }

  private announced(sessionIds: string[]): number {
    for (const donorSessionId of sessionIds) this.bus.publish('identity.revoked', { donorSessionId });
    return sessionIds.length;
  }
}

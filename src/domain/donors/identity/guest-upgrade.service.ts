import { Injectable } from '@nestjs/common';
import type { DelegatedRole } from '../../../contract/roles.js';
import { Database } from '../../../platform/database/database.service.js';
import type { DonorActor } from '../../auth/actor.js';
import { joinGuest, moveGuestSession } from '../donors.queries.js';
import { findDonor } from '../sessions/donor-actor.queries.js';
import { hashToken } from '../../auth/opaque-token.js';
import { proofFacts } from '../../tickets/donor-proof.js';
import { TicketChanges } from '../../tickets/ticket-change.js';

/** Somebody who has proven who they are, and what the proof vouches for. */
export interface ProvenIdentity {
  /** The person. */
  donorUuid: string;
  ownerKey: string;
  provenEmail: string | null;
  provenName: string | null;
  donorRole: DelegatedRole | null;
}

/** Gives what a guest has made to the identity that the guest has proven. The proof is the guest's own token, nothing else. */
@Injectable()
export class GuestUpgrade {
  constructor(
    private readonly database: Database,
    private readonly changes: TicketChanges,
  ) {}

  /**
   * A token that opens no guest session, another one than `sessionId`, or none at all, changes nothing. Fine to repeat.
   */
  async attach(guestToken: string | undefined, identity: ProvenIdentity, sessionId?: string): Promise<void> {
    if (guestToken === undefined) return;
    const guest = (await findDonor(this.database, hashToken(guestToken)))?.actor;
    if (guest?.ownerKey !== null) return;
    if (sessionId !== undefined && guest.sessionId !== sessionId) return;
    const tickets = await this.database.ticket.findMany({
      where: { donorSessionId: guest.sessionId, ownerKey: null },
      select: { id: true },
      orderBy: { createdAt: 'asc' },
    });
    for (const { id } of tickets) await this.attachTicket(guest, id, identity);
    await moveGuestSession(this.database, guest.sessionId, identity.donorUuid);
  }

  private async attachTicket(guest: DonorActor, ticketId: string, identity: ProvenIdentity): Promise<void> {
    await this.changes.run(guest, ticketId, 'take_part', async (change) => {
      if (change.ticket.ownerKey !== null) return;
      // Before the ticket moves: the guest's row goes with the last one.
      await joinGuest(change.tx, change.ticket.donorUuid, identity.donorUuid);
      change.touches = false;
      change.set(identity);
      change.record({ type: 'ticket.updated', public: false, data: { changes: proofFacts(change.ticket) } });
    });
  }
}

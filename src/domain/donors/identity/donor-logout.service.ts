import { Injectable } from '@nestjs/common';
import { forbidden } from '../../../platform/http/errors/domain-error.js';
import { AuditLog } from '../../audit/audit-log.js';
import type { Actor, StaffActor } from '../../auth/actor.js';
import { DonorSessionsService } from '../sessions/donor-sessions.service.js';
import { TicketAccess } from '../../tickets/ticket-access.service.js';

/** Ends donor sessions: by the donor, or by staff for the donor of a ticket. Live sockets and pushes end with them. */
@Injectable()
export class DonorLogout {
  constructor(
    private readonly sessions: DonorSessionsService,
    private readonly access: TicketAccess,
    private readonly audit: AuditLog,
  ) {}

  /** The caller's session; with `everywhere` all sessions of the same proven identity. Returns how many were ended. */
  async own(actor: Actor, everywhere: boolean): Promise<number> {
    if (actor.kind !== 'donor') throw forbidden('This is for donors. Staff use auth/logout.');
    const { ownerKey, sessionId } = actor;
    const ended =
      everywhere && ownerKey !== null
        ? await this.sessions.revokeIdentity(ownerKey)
        : await this.sessions.revoke(sessionId);
    await this.audit.record({ action: 'donor.logout', actor, data: { everywhere, ended } });
    return ended;
  }

  /** The session in which a ticket was made, and all of the identity that owns it. Throws ticketNotFound. */
  async ofTicket(actor: StaffActor, ticketId: string): Promise<number> {
    const { ownerKey, donorSessionId, number } = await this.access.read(actor, ticketId, 'work');
    let ended = 0;
    if (donorSessionId !== null) ended += await this.sessions.revoke(donorSessionId);
    if (ownerKey !== null) ended += await this.sessions.revokeIdentity(ownerKey);
    await this.audit.record({
      action: 'donor.sessions_ended',
      actor,
      subject: number,
      data: { ended },
    });
    return ended;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { forbidden } from '../../platform/http/domain-error.js';
import type { CallTokenClaims } from '../../platform/video/call-token.js';
import { DirectVideoProvider } from '../../platform/video/direct.provider.js';
import { ICE_SERVERS, type IceServer } from '../../platform/video/ice-servers.js';
import { VideoTokenRejected } from '../../platform/video/video.errors.js';
import { SYSTEM } from '../auth/actor.js';
import type { CallRow } from '../call-rooms/call-draft.js';
import { CallOpening } from '../tickets/call-opening.service.js';
import { TicketChanges } from '../tickets/ticket-change.js';
import { callEnded, callNotFound } from './call.errors.js';
import type { LinkedCallShape } from './call-link.dto.js';
import { CallSessions } from './call-sessions.service.js';

/** Direct calls by their link (`dailyRoomUrl`): the token says who comes, as a vendor's webhook would. */
@Injectable()
export class CallLinks {
  constructor(
    private readonly direct: DirectVideoProvider,
    private readonly database: Database,
    private readonly changes: TicketChanges,
    private readonly opening: CallOpening,
    private readonly sessions: CallSessions,
    @Inject(ICE_SERVERS) private readonly iceServers: IceServer[],
  ) {}

  /** Throws 403 for a token that is not valid any more, callEnded. */
  async open(token: string): Promise<LinkedCallShape> {
    const { role } = this.verify(token);
    const { id, provider, callType, dailyRoomUrl } = await this.find(token);
    return { id, provider, callType, dailyRoomUrl, role, iceServers: this.iceServers };
  }

  /** The same as POST /calls/:id/join; the token stays the one that the link carries. */
  async join(token: string): Promise<LinkedCallShape> {
    const { role } = this.verify(token);
    const { id, ticketId } = await this.find(token);
    await this.changes.run(SYSTEM, ticketId, 'work', async (change) => {
      if (change.ticket.activeCallId !== id) throw callEnded();
      if (role === 'admin') await this.opening.takePart(change);
      change.record({ type: 'call.joined', public: true, callId: id, data: { role } });
    });
    return this.open(token);
  }

  /** Ending twice is fine. */
  async end(token: string): Promise<void> {
    await this.sessions.end(SYSTEM, this.verify(token).callId, 'hung_up');
  }

  private async find(token: string): Promise<CallRow> {
    const call = await this.database.call.findUnique({ where: { id: this.verify(token).callId } });
    if (call === null) throw callNotFound();
    if (call.status === 'ended') throw callEnded();
    return call;
  }

  private verify(token: string): CallTokenClaims {
    try {
      return this.direct.verifyToken(token);
    } catch (error) {
      if (!(error instanceof VideoTokenRejected)) throw error;
      throw forbidden('This call link is not valid any more. Join the call again.');
    }
  }
}

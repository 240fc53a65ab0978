import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import type { CallTokenClaims } from '../../../platform/video/port/call-token.js';
import { IceServers } from '../../../platform/video/direct/turn-credentials.js';
import { SYSTEM } from '../../auth/actor.js';
import { callRow, type CallRow } from '../rooms/call-row.js';
import { CallOpening } from '../call-opening.service.js';
import { TicketChanges } from '../../tickets/ticket-change.js';
import { CallBearers } from '../call-bearers.service.js';
import { callEnded, callNotFound } from '../call.errors.js';
import type { LinkedCallResponse } from './call-link.dto.js';
import { CallSessions } from '../call-sessions.service.js';

/** Direct calls by their link (`dailyRoomUrl`): the token says who comes, as a vendor's webhook would. */
@Injectable()
export class CallLinks {
  constructor(
    private readonly bearers: CallBearers,
    private readonly database: Database,
    private readonly changes: TicketChanges,
    private readonly opening: CallOpening,
    private readonly sessions: CallSessions,
    private readonly ice: IceServers,
  ) {}

  /** Throws 403 for a token that is not valid any more, callEnded. */
  async open(token: string): Promise<LinkedCallResponse> {
    return this.describe(await this.bearers.verify(token));
  }

  /** The same as POST /calls/:id/join; the token stays the one that the link carries. */
  async join(token: string): Promise<LinkedCallResponse> {
    const claims = await this.bearers.verify(token);
    const { role } = claims;
    const { id, ticketId } = await this.find(claims);
    await this.changes.run(SYSTEM, ticketId, 'work', async (change) => {
      if (change.ticket.activeCallId !== id) throw callEnded();
      if (role === 'admin') await this.opening.takePart(change);
      change.record({ type: 'call.joined', public: true, data: { callId: id, role } });
    });
    return this.describe(claims);
  }

  /** Ending twice is fine. */
  async end(token: string): Promise<void> {
    const { callId } = await this.bearers.verify(token);
    await this.sessions.end(SYSTEM, callId, 'hung_up');
  }

  private async describe(claims: CallTokenClaims): Promise<LinkedCallResponse> {
    const { id, provider, callType, dailyRoomUrl } = await this.find(claims);
    const { role, sub } = claims;
    return { id, provider, callType, dailyRoomUrl, role, iceServers: this.ice.issueFor(`${id} ${sub}`) };
  }

  private async find({ callId }: CallTokenClaims): Promise<CallRow> {
    const call = await this.database.call.findUnique({ where: { id: callId } });
    if (call === null) throw callNotFound();
    if (call.status === 'ended') throw callEnded();
    return callRow(call);
  }
}

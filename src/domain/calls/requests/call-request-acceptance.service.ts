import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { VideoUnavailable } from '../../../platform/video/port/video.errors.js';
import type { StaffActor } from '../../auth/actor.js';
import { CallRooms } from '../rooms/call-rooms.service.js';
import { CallOpening } from '../call-opening.service.js';
import { TicketAccess } from '../../tickets/ticket-access.service.js';
import { TicketChanges } from '../../tickets/ticket-change.js';
import type { AcceptedCallRequestResponse } from './call-request.dto.js';
import { callRequestRow } from './call-request-row.js';
import { CallRequests, toCallRequest } from './call-requests.service.js';
import { callRequestNotFound, videoUnavailable } from '../call.errors.js';

/** Answering a donor who waits: takes the ticket when nobody owns it and opens the call. Of several, one wins. */
@Injectable()
export class CallRequestAcceptance {
  constructor(
    private readonly requests: CallRequests,
    private readonly access: TicketAccess,
    private readonly changes: TicketChanges,
    private readonly opening: CallOpening,
    private readonly rooms: CallRooms,
    private readonly database: Database,
  ) {}

  /** Throws callRequestClosed for everybody but the winner, videoUnavailable when there is no room to be had. */
  async accept(actor: StaffActor, requestId: string): Promise<AcceptedCallRequestResponse> {
    const { ticketId, mode } = await this.requests.find(requestId);
    const ticket = await this.access.read(actor, ticketId, 'work');
    const wanted = {
      callType: mode,
      initiatedBy: 'donor' as const,
      deadlineMs: 4_000,
      activate: true,
    };
    try {
      const draft = ticket.activeCallId === null ? await this.opening.prepare(ticket, wanted) : null;
      const { result } = await this.changes.runFor(actor, ticketId, 'work', async (change) => {
        await this.requests.assertPending(change, requestId);
        const { call } = await this.opening.openWithin(change, draft, wanted);
        const request = await change.tx.callRequest.findUniqueOrThrow({ where: { id: requestId } });
        return { request: callRequestRow(request), call };
      });
      const call = await this.rooms.staffCall(actor, result.call);
      return { request: toCallRequest(result.request), call };
    } catch (error) {
      throw error instanceof VideoUnavailable ? videoUnavailable(error) : error;
    }
  }

  /** The request that waits on this ticket. */
  async acceptLatest(actor: StaffActor, ticketId: string): Promise<AcceptedCallRequestResponse> {
    await this.access.read(actor, ticketId, 'work');
    const latest = await this.database.callRequest.findFirst({
      where: { ticketId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true },
    });
    if (latest === null) throw callRequestNotFound();
    return this.accept(actor, latest.id);
  }
}

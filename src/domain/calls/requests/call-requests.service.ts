import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.service.js';
import type { Actor } from '../../auth/actor.js';
import { callRequestRow, type CallRequestRow } from './call-request-row.js';
import { CallRinging } from '../call-ringing.service.js';
import { TicketAccess } from '../../tickets/ticket-access.service.js';
import { TicketChanges, type TicketChange } from '../../tickets/ticket-change.js';
import { CallLeaving } from '../call-leaving.service.js';
import { ticketClosed } from '../../tickets/ticket.errors.js';
import { ENDING_STATUSES } from '../../tickets/ticket.transitions.js';
import type { CallRequestResponse, RequestCallDto, WaitingCallRequestResponse } from './call-request.dto.js';
import {
  callAlreadyOpen,
  callRequestClosed,
  callRequestNotFound,
  onlyDonorsRequest,
} from '../call.errors.js';

/** A donor asks for a call and waits a bounded time for somebody to answer. */
@Injectable()
export class CallRequests {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly changes: TicketChanges,
    private readonly leaving: CallLeaving,
    private readonly ringing: CallRinging,
    private readonly clock: Clock,
  ) {}

  /** One pending a ticket: asking again gives the one that waits. Throws ticketClosed, callAlreadyOpen. */
  async request(
    actor: Actor,
    ticketId: string,
    dto: RequestCallDto,
    id: string,
  ): Promise<{ request: CallRequestResponse; created: boolean }> {
    const { result } = await this.changes.runFor(actor, ticketId, 'take_part_by_link', async (change) => {
      if (actor.kind === 'staff') throw onlyDonorsRequest();
      const { status, activeCallId } = change.ticket;
      if (ENDING_STATUSES.has(status)) throw ticketClosed(status);
      const same = await change.tx.callRequest.findFirst({
        where: { ticketId, OR: [{ status: 'PENDING' }, { id }] },
      });
      if (same !== null) return { request: callRequestRow(same), created: false };
      if (activeCallId !== null) await this.mustBeUnanswered(change, activeCallId);
      const request = await this.ringing.ring(change, { ...dto, id, callId: activeCallId });
      change.postSystemMessage({ key: 'call.requested', params: { mode: dto.mode } });
      return { request, created: true };
    });
    return { request: toCallRequest(result.request), created: result.created };
  }

  /** Newest first. */
  async ofTicket(actor: Actor, ticketId: string): Promise<CallRequestResponse[]> {
    await this.access.read(actor, ticketId, 'take_part_by_link');
    const requests = await this.database.callRequest.findMany({
      where: { ticketId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: 100,
    });
    return requests.map(callRequestRow).map(toCallRequest);
  }

  /** Who waits for an answer right now, longest first: what a dashboard that opens must ring for. */
  async waiting(): Promise<WaitingCallRequestResponse[]> {
    const requests = await this.database.callRequest.findMany({
      where: { status: 'PENDING', expiresAt: { gt: this.clock.now() } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: 100,
      include: {
        ticket: { select: { number: true, donorName: true, donorEmail: true, subject: true, adminId: true } },
      },
    });
    return requests.map((request) => ({ ...toCallRequest(callRequestRow(request)), ticket: request.ticket }));
  }

  /** The donor takes it back. */
  async cancel(actor: Actor, requestId: string): Promise<CallRequestResponse> {
    const request = await this.find(requestId);
    const { result } = await this.changes.runFor(
      actor,
      request.ticketId,
      'take_part_by_link',
      async (change) => {
        if (actor.kind === 'staff') throw onlyDonorsRequest();
        const closed = await this.close(change, requestId, { status: 'CANCELLED', type: 'call.cancelled' });
        change.postSystemMessage({ key: 'call.cancelled', params: {} });
        return closed;
      },
    );
    return toCallRequest(result);
  }

  /** Staff cannot take it. The donor is told, and goes on by text. */
  async reject(actor: Actor, requestId: string): Promise<CallRequestResponse> {
    const request = await this.find(requestId);
    const { result } = await this.changes.runFor(actor, request.ticketId, 'work', async (change) => {
      const closed = await this.close(change, requestId, { status: 'REJECTED', type: 'call.rejected' });
      change.postSystemMessage({ key: 'call.rejected', params: {} });
      return closed;
    });
    return toCallRequest(result);
  }

  /** The row, wherever it is. Who may see it is decided by its ticket. Throws callRequestNotFound. */
  async find(requestId: string): Promise<CallRequestRow> {
    const request = await this.database.callRequest.findUnique({ where: { id: requestId } });
    if (request === null) throw callRequestNotFound();
    return callRequestRow(request);
  }

  /** Under the ticket's lock: the request if it still waits, else callRequestClosed naming who took it. */
  async assertPending(change: TicketChange, requestId: string): Promise<CallRequestRow> {
    const request = await change.tx.callRequest.findUnique({
      where: { id: requestId },
      include: { admin: { select: { id: true, name: true } } },
    });
    if (request === null) throw callRequestNotFound();
    const late = request.status === 'PENDING' && request.expiresAt <= this.clock.now();
    if (late) throw callRequestClosed('EXPIRED', null);
    if (request.status !== 'PENDING')
      throw callRequestClosed(request.status, request.status === 'ACCEPTED' ? request.admin : null);
    return callRequestRow(request);
  }

  /** The room in which the donor waits for it, if there is one, closes with it. */
  private async close(
    change: TicketChange,
    requestId: string,
    { status, type }: Closing,
  ): Promise<CallRequestRow> {
    const { mode, callId } = await this.assertPending(change, requestId);
    const adminId = change.actor.kind === 'staff' ? change.actor.id : null;
    const request = await change.tx.callRequest.update({
      where: { id: requestId },
      data: { status, adminId },
    });
    change.record({ type, public: true, data: { requestId, mode } });
    if (callId !== null && callId === change.ticket.activeCallId)
      await this.leaving.leave(change, status === 'CANCELLED' ? 'cancelled' : 'declined');
    return callRequestRow(request);
  }

  /** A donor who waits in a call that staff missed may ring again. Throws callAlreadyOpen when staff are or were in it. */
  private async mustBeUnanswered(change: TicketChange, callId: string): Promise<void> {
    const unanswered = await change.tx.call.count({ where: { id: callId, initiatedBy: 'donor' } });
    const answered = await change.tx.callRequest.count({ where: { callId, status: 'ACCEPTED' } });
    if (unanswered === 0 || answered > 0) throw callAlreadyOpen();
  }
}

type Closing =
  { status: 'CANCELLED'; type: 'call.cancelled' } | { status: 'REJECTED'; type: 'call.rejected' };

/** The request as both sides read it. */
export function toCallRequest(request: CallRequestRow): CallRequestResponse {
  const { id, ticketId, mode, message, status, adminId, callId, expiresAt, createdAt, updatedAt } = request;
  return {
    id,
    ticketId,
    mode,
    message,
    status,
    adminId,
    callId,
    expiresAt: expiresAt.toISOString(),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

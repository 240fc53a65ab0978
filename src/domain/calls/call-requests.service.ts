import { Inject, Injectable } from '@nestjs/common';
import type { CallType } from '../../contract/ticket-fields.js';
import type { TicketStatus } from '../../contract/ticket-status.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import type { CallRequest } from '../../platform/database/generated/client.js';
import type { Actor } from '../auth/actor.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { TicketChanges, type TicketChange } from '../tickets/ticket-change.js';
import { TicketStatusService } from '../tickets/ticket-status.service.js';
import { ticketClosed } from '../tickets/ticket.errors.js';
import { ENDING_STATUSES } from '../tickets/ticket.transitions.js';
import type { CallRequestShape, RequestCallDto, WaitingCallRequestShape } from './call-request.dto.js';
import { callAlreadyOpen, callRequestClosed, callRequestNotFound, onlyDonorsRequest } from './call.errors.js';

/** A donor asks for a call and waits a bounded time for somebody to answer (S4 §Call Request Flow). */
@Injectable()
export class CallRequests {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly changes: TicketChanges,
    private readonly status: TicketStatusService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One pending a ticket: asking again gives the one that waits. Throws ticketClosed, callAlreadyOpen. */
  async request(
    actor: Actor,
    ticketId: string,
    dto: RequestCallDto,
    id: string,
  ): Promise<{ request: CallRequestShape; created: boolean }> {
    const { result } = await this.changes.runFor(actor, ticketId, 'take_part_by_link', async (change) => {
      if (actor.kind === 'staff') throw onlyDonorsRequest();
      const { status, activeCallId } = change.ticket;
      if (ENDING_STATUSES.has(status as TicketStatus)) throw ticketClosed(status);
      const same = await change.tx.callRequest.findFirst({
        where: { ticketId, OR: [{ status: 'PENDING' }, { id }] },
      });
      if (same !== null) return { request: same, created: false };
      if (activeCallId !== null) throw callAlreadyOpen();
      return { request: await this.create(change, dto, id), created: true };
    });
    return { request: toCallRequest(result.request), created: result.created };
  }

  /** Newest first. */
  async ofTicket(actor: Actor, ticketId: string): Promise<CallRequestShape[]> {
    await this.access.read(actor, ticketId, 'take_part_by_link');
    const requests = await this.database.callRequest.findMany({
      where: { ticketId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: 100,
    });
    return requests.map(toCallRequest);
  }

  /** Who waits for an answer right now, longest first: what a dashboard that opens must ring for. */
  async waiting(): Promise<WaitingCallRequestShape[]> {
    const requests = await this.database.callRequest.findMany({
      where: { status: 'PENDING', expiresAt: { gt: new Date() } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: 100,
      include: {
        ticket: { select: { number: true, donorName: true, donorEmail: true, subject: true, adminId: true } },
      },
    });
    return requests.map((request) => ({ ...toCallRequest(request), ticket: request.ticket }));
  }

  /** The donor takes it back. */
  async cancel(actor: Actor, requestId: string): Promise<CallRequestShape> {
    const request = await this.find(requestId);
    const { result } = await this.changes.runFor(
      actor,
      request.ticketId,
      'take_part_by_link',
      async (change) => {
        if (actor.kind === 'staff') throw onlyDonorsRequest();
        return this.close(change, requestId, 'CANCELLED', 'call.cancelled');
      },
    );
    return toCallRequest(result);
  }

  /** Staff cannot take it. The donor is told, and goes on by text. */
  async reject(actor: Actor, requestId: string): Promise<CallRequestShape> {
    const request = await this.find(requestId);
    const { result } = await this.changes.runFor(actor, request.ticketId, 'work', async (change) => {
      const closed = await this.close(change, requestId, 'REJECTED', 'call.rejected');
      change.say('We cannot take a call right now. Please go on by message.');
      return closed;
    });
    return toCallRequest(result);
  }

  /** The row, wherever it is. Who may see it is decided by its ticket. Throws callRequestNotFound. */
  async find(requestId: string): Promise<CallRequest> {
    const request = await this.database.callRequest.findUnique({ where: { id: requestId } });
    if (request === null) throw callRequestNotFound();
    return request;
  }

  /** Under the ticket's lock: the request if it still waits, else callRequestClosed naming who took it. */
  async mustWait(change: TicketChange, requestId: string): Promise<CallRequest> {
    const request = await change.tx.callRequest.findUnique({
      where: { id: requestId },
      include: { admin: { select: { id: true, name: true } } },
    });
    if (request === null) throw callRequestNotFound();
    const late = request.status === 'PENDING' && request.expiresAt <= new Date();
    if (late) throw callRequestClosed('EXPIRED', null);
    if (request.status !== 'PENDING')
      throw callRequestClosed(request.status, request.status === 'ACCEPTED' ? request.admin : null);
    return request;
  }

  private async close(
    change: TicketChange,
    requestId: string,
    status: 'CANCELLED' | 'REJECTED',
    type: 'call.cancelled' | 'call.rejected',
  ): Promise<CallRequest> {
    const { mode } = await this.mustWait(change, requestId);
    const adminId = change.actor.kind === 'staff' ? change.actor.id : null;
    const request = await change.tx.callRequest.update({
      where: { id: requestId },
      data: { status, adminId },
    });
    change.record({ type, public: true, data: { requestId, mode } });
    return request;
  }

  private async create(change: TicketChange, dto: RequestCallDto, id: string): Promise<CallRequest> {
    const expiresAt = new Date(Date.now() + this.config.video.callRequestTtl * 1_000);
    const message = dto.message ?? null;
    const request = await change.tx.callRequest.create({
      data: { id, ticketId: change.ticket.id, mode: dto.mode, message, expiresAt },
    });
    await this.status.giveBackIfOwnerLeft(change);
    change.set({ callRequested: true, callType: dto.mode });
    change.record({
      type: 'call.requested',
      public: true,
      data: { requestId: id, mode: dto.mode, message, expiresAt: expiresAt.toISOString() },
    });
    change.say(`${ASKED[dto.mode]} was requested.`);
    return request;
  }
}

const ASKED: Record<CallType, string> = { audio: 'An audio call', video: 'A video call' };

/** The request as both sides read it. */
export function toCallRequest(request: CallRequest): CallRequestShape {
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

import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { DomainError } from '../../platform/http/errors/domain-error.js';
import { decodeCursor } from '../../platform/http/pagination/cursor.js';
import { pageOf, type Page } from '../../platform/http/pagination/page.js';
import { pageSize } from '../../platform/http/pagination/page-query.js';
import { VideoUnavailable } from '../../platform/video/port/video.errors.js';
import type { Actor, StaffActor } from '../auth/actor.js';
import { callRow, callRowOrNull, type CallRow } from './rooms/call-row.js';
import { CallRooms } from './rooms/call-rooms.service.js';
import type { DonorCallResponse, StaffCallResponse } from './rooms/call-shapes.js';
import { CallOpening } from './call-opening.service.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import type { CreateCallDto, ListCallsDto } from './call.dto.js';
import { callNotFound, initiatorMismatch, videoUnavailable } from './call.errors.js';

/** No ticket has it; asking for it tells only who may ask. */
const NO_TICKET_ID = '00000000-0000-0000-0000-000000000000';
/** How long somebody waits for the video provider, in ms. */
const PATIENCE = 4_000;

export type CallResponse = DonorCallResponse | StaffCallResponse;

/** Opening and reading calls. Every answer is filtered by role: the admin token is for staff alone. */
@Injectable()
export class CallsService {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly opening: CallOpening,
    private readonly rooms: CallRooms,
  ) {}

  /**
   * Opens a call. A second start while one is open gives the open one; the same `startId` again, the call it made.
   * Throws videoUnavailable, illegalTransition.
   */
  async start(
    actor: Actor,
    dto: CreateCallDto,
    startId: string,
  ): Promise<{ call: CallResponse; created: boolean }> {
    const side = actor.kind === 'staff' ? 'admin' : 'donor';
    if (dto.initiatedBy !== side) throw initiatorMismatch();
    const ticket = await this.access.read(actor, dto.ticketId, 'take_part_by_link');
    const before = await this.startedBefore(ticket.id, startId);
    if (before !== null) return { call: await this.rooms.shape(actor, before), created: false };
    try {
      const opened = await this.opening.open(actor, ticket, {
        callType: dto.callType,
        initiatedBy: side,
        deadlineMs: PATIENCE,
        activate: true,
        startId,
      });
      return { call: await this.rooms.shape(actor, opened.call), created: opened.created };
    } catch (error) {
      throw error instanceof VideoUnavailable ? videoUnavailable(error) : error;
    }
  }

  async read(actor: Actor, callId: string): Promise<CallResponse> {
    return this.rooms.shape(actor, await this.find(actor, callId));
  }

  /** Lists the calls of a ticket, oldest first. */
  async ofTicket(actor: Actor, ticketId: string): Promise<CallResponse[]> {
    await this.access.read(actor, ticketId, 'take_part_by_link');
    const calls = await this.database.call.findMany({
      where: { ticketId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return Promise.all(calls.map((call) => this.rooms.shape(actor, callRow(call))));
  }

  /** Lists all calls, newest first, in pages. */
  async list(actor: StaffActor, query: ListCallsDto): Promise<Page<StaffCallResponse>> {
    const limit = pageSize(query);
    const status = query.status === undefined ? {} : { status: query.status };
    const [rows, total] = await Promise.all([
      this.database.call.findMany({
        where: { ...status, ...beyond(query.cursor) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      }),
      this.database.call.count({ where: status }),
    ]);
    const page = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    const items = await Promise.all(page.items.map((call) => this.rooms.staffCall(actor, callRow(call))));
    return { ...page, items, total };
  }

  /** The call, if this actor takes part in its ticket. A call of somebody else's answers as a missing one does: callNotFound. */
  async find(actor: Actor, callId: string): Promise<CallRow> {
    const call = await this.database.call.findUnique({ where: { id: callId } });
    try {
      await this.access.read(actor, call?.ticketId ?? NO_TICKET_ID, 'take_part_by_link');
    } catch (error) {
      throw error instanceof DomainError && error.status === 404 ? callNotFound() : error;
    }
    if (call === null) throw callNotFound();
    return callRow(call);
  }

  /** What an earlier try, whose answer was lost, has started; a call's own id only says which one of its ticket it is. */
  private async startedBefore(ticketId: string, startId: string): Promise<CallRow | null> {
    const event = await this.database.ticketEvent.findFirst({
      where: { ticketId, type: 'call.started', data: { path: ['startId'], equals: startId } },
      select: { callId: true },
    });
    const id = event?.callId ?? null;
    return id === null ? null : callRowOrNull(await this.database.call.findUnique({ where: { id } }));
  }
}

function beyond(cursor: string | undefined): Prisma.CallWhereInput {
  if (cursor === undefined) return {};
  const { at, id } = decodeCursor(cursor);
  return { createdAt: { lte: at }, NOT: { createdAt: at, id: { gte: id } } };
}

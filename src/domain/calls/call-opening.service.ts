import type { EventData } from '../event-log/ticket-event.js';
import { Injectable } from '@nestjs/common';
import type { CallType } from '../../contract/ticket-fields.js';
import { Database } from '../../platform/database/database.service.js';
import type { Actor } from '../auth/actor.js';
import type { CallDraft } from './rooms/call-draft.js';
import { callIdOf } from './rooms/call-id.js';
import { callRowOrNull, type CallRow } from './rooms/call-row.js';
import { CallRooms } from './rooms/call-rooms.service.js';
import type { TicketRow } from '../event-log/rows.js';
import type { SqlRunner } from '../event-log/timeline.queries.js';
import { CallRinging } from './call-ringing.service.js';
import { TicketAssignmentService } from '../tickets/working/ticket-assignment.service.js';
import { TicketChanges, type TicketChange } from '../tickets/ticket-change.js';
import { TicketStatusService } from '../tickets/ticket-status.service.js';
import { illegalTransition } from '../tickets/ticket.errors.js';
import { ENDING_STATUSES } from '../tickets/ticket.transitions.js';

export interface OpenCallRequest {
  callType: CallType;
  initiatedBy: 'donor' | 'admin';
  /** Bound of the provider's part, in ms. */
  deadlineMs?: number;
  /** Makes the ticket active_call; a call opened together with its ticket waits for staff instead. */
  activate: boolean;
  /** Kept in the log, so that a retry of a keyed request finds the call that the first try made. */
  startId?: string;
}

/** Bound of the provider's part where nothing else bounds it, in ms; stays within the transaction's own limit. */
const LOCKED_DEADLINE_MS = 4_000;

export interface OpenedCall {
  call: CallRow;
  /** False when the ticket had an open call already: that one is given. */
  created: boolean;
  ticket: TicketRow;
}

/** Opens a ticket's one call. The room is made before the lock is taken, so a slow provider holds nobody up. */
@Injectable()
export class CallOpening {
  private readonly preparing = new Map<string, Promise<CallDraft>>();

  constructor(
    private readonly database: Database,
    private readonly changes: TicketChanges,
    private readonly rooms: CallRooms,
    private readonly status: TicketStatusService,
    private readonly assignment: TicketAssignmentService,
    private readonly ringing: CallRinging,
  ) {}

  /** Throws VideoUnavailable, ticketNotFound or illegalTransition. Two that start at once share one call. */
  async open(actor: Actor, ticket: TicketRow, request: OpenCallRequest): Promise<OpenedCall> {
    mustBeOpen(ticket);
    const draft = ticket.activeCallId === null ? await this.prepare(ticket, request) : null;
    const { ticket: saved, result } = await this.changes.runFor(
      actor,
      ticket.id,
      'take_part_by_link',
      (change) => this.openWithin(change, draft, request),
    );
    return { ...result, ticket: saved };
  }

  /** Staff taking part in an open call: what rang is accepted, an unowned ticket becomes theirs, and the ticket is on a call. */
  async takePart(change: TicketChange): Promise<void> {
    const { actor } = change;
    await this.ringing.answer(change);
    if (actor.kind === 'staff') await this.assignment.takeIfFree(change, actor, 'call');
    await this.activate(change);
  }

  private async activate(change: TicketChange): Promise<void> {
    if (change.ticket.status !== 'active_call') await this.status.move(change, 'active_call');
  }

  /** The same within a change that is under way; `draft` is what `prepare` gave before the ticket was locked. */
  async openWithin(
    change: TicketChange,
    draft: CallDraft | null,
    request: OpenCallRequest,
  ): Promise<{ call: CallRow; created: boolean }> {
    mustBeOpen(change.ticket);
    const where = { ticketId: change.ticket.id, status: 'active' };
    const open = callRowOrNull(await change.tx.call.findFirst({ where }));
    if (open !== null) {
      await this.enter(change, open, request);
      return { call: open, created: false };
    }
    const ready = await this.stillRight(change, draft, request);
    const call = await this.rooms.insert(change.tx, change.ticket.id, ready);
    change.set({ activeCallId: call.id, callRequested: true, callType: call.callType });
    const data = {
      ...callStartedFacts(call),
      ...(request.startId !== undefined && { startId: request.startId }),
    };
    change.record({ type: 'call.started', public: true, data });
    change.postSystemMessage({ key: 'call.started', params: { mode: call.callType } });
    await this.enter(change, call, request);
    if (request.activate) await this.activate(change);
    return { call, created: true };
  }

  /** Staff answer what rings; a donor's call rings for staff. */
  private async enter(change: TicketChange, call: CallRow, request: OpenCallRequest): Promise<void> {
    if (change.actor.kind === 'staff' && request.activate) return this.takePart(change);
    if (request.initiatedBy === 'donor') await this.ringing.ringFor(change, call);
  }

  /**
   * Makes the room of the ticket's next call. All who start it at the same time, here or on another node, get the same one.
   * Throws VideoUnavailable.
   */
  async prepare(
    ticket: TicketRow,
    request: OpenCallRequest,
    db: SqlRunner = this.database,
  ): Promise<CallDraft> {
    const id = callIdOf(ticket.id, await countEndedCalls(db, ticket.id));
    const underWay = this.preparing.get(id);
    if (underWay !== undefined) return underWay;
    const { callType, initiatedBy, deadlineMs = LOCKED_DEADLINE_MS } = request;
    const draft = this.rooms.prepare(ticket, { id, callType, initiatedBy }, deadlineMs);
    this.preparing.set(id, draft);
    return draft.finally(() => this.preparing.delete(id));
  }

  /** A draft is out of date when a call was opened and ended while it was made. */
  private async stillRight(
    change: TicketChange,
    draft: CallDraft | null,
    request: OpenCallRequest,
  ): Promise<CallDraft> {
    const expected = callIdOf(change.ticket.id, await countEndedCalls(change.tx, change.ticket.id));
    return draft?.id === expected ? draft : this.prepare(change.ticket, request, change.tx);
  }
}

/** Asked before a room is made, and again under the lock. */
function mustBeOpen(ticket: TicketRow): void {
  const { status } = ticket;
  if (ENDING_STATUSES.has(status)) throw illegalTransition(status, 'active_call');
}

async function countEndedCalls(db: SqlRunner, ticketId: string): Promise<number> {
  const [row] = await db.$queryRaw<
    [{ count: number }]
  >`SELECT count(*)::int AS count FROM calls WHERE ticket_id = ${ticketId}::uuid AND status = 'ended'`;
  return row.count;
}

/** What the log keeps of a call that starts: no token, they belong to people. */
export function callStartedFacts(
  call: Pick<CallRow, 'id' | 'callType' | 'initiatedBy' | 'startedAt'>,
): EventData<'call.started'> {
  return {
    callId: call.id,
    callType: call.callType,
    initiatedBy: call.initiatedBy,
    startedAt: call.startedAt.toISOString(),
  };
}

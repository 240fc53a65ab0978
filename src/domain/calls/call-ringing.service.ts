import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CallType } from '../../contract/ticket-fields.js';
import { Clock } from '../../platform/clock/clock.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { invalidField } from '../../platform/http/errors/domain-error.js';
import { NO_CALLBACK } from './call-leaving.service.js';
import { callRequestRow, type CallRequestRow } from './requests/call-request-row.js';
import type { CallRow } from './rooms/call-row.js';
import { OpeningTimes } from '../desk-settings/opening-times.service.js';
import type { TicketChange } from '../tickets/ticket-change.js';
import { TicketStatusService } from '../tickets/ticket-status.service.js';

/** A missed call is called back within this much of the desk's opening time, in ms. */
const CALLBACK_WITHIN = 30 * 60 * 1_000;
/** A callback lies this far ahead at most, in ms. */
const LONGEST_AHEAD = 30 * 24 * 60 * 60 * 1_000;

export interface CallWish {
  mode: CallType;
  message?: string | null;
  /** A retry of a keyed request brings the same one. */
  id?: string;
  /** The room in which the donor waits already. */
  callId?: string | null;
}

/** A donor's wish for a call, whichever way it came: it rings for staff until it is accepted, declined, cancelled or missed. */
@Injectable()
export class CallRinging {
  constructor(
    private readonly status: TicketStatusService,
    private readonly opening: OpeningTimes,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** When a call that rings from now on is missed. */
  ringsUntil(): Date {
    return new Date(this.clock.now().getTime() + this.config.video.callRequestTtl * 1_000);
  }

  /** When to call back: `at` the time that was asked for, else as soon as staff can. Throws 400 for a time that is no use. */
  async callbackDueAt(at?: string): Promise<Date> {
    if (at === undefined) return this.opening.dueWithin(CALLBACK_WITHIN);
    const [time, now] = [new Date(at), this.clock.now()];
    if (time < now || time.getTime() > now.getTime() + LONGEST_AHEAD)
      throw invalidField('at', 'at must be a time within the next 30 days');
    return time;
  }

  /** Starts to ring. The caller has made sure that no request of the ticket is pending. */
  async ring(change: TicketChange, wish: CallWish): Promise<CallRequestRow> {
    const { mode, message = null, id = randomUUID(), callId = null } = wish;
    const expiresAt = this.ringsUntil();
    await this.status.giveBackIfOwnerLeft(change);
    const request = await change.tx.callRequest.create({
      data: { id, ticketId: change.ticket.id, mode, message, callId, expiresAt },
    });
    change.set({ callRequested: true, callType: mode, callbackDueAt: null });
    change.record({
      type: 'call.requested',
      public: true,
      data: {
        ...{ requestId: id, mode, message, expiresAt: expiresAt.toISOString() },
        ...(callId !== null && { callId }),
      },
    });
    return callRequestRow(request);
  }

  /** A donor, or a job for them, opened `call` or came to it: the wish that rings already leads there, or a new one rings. */
  async ringFor(change: TicketChange, call: CallRow): Promise<void> {
    if (call.initiatedBy !== 'donor') return;
    const ticketId = change.ticket.id;
    const { count } = await change.tx.callRequest.updateMany({
      where: { ticketId, OR: [{ status: 'PENDING' }, { status: 'EXPIRED', callId: null }] },
      data: { callId: call.id },
    });
    const rings = await change.tx.callRequest.count({
      where: { ticketId, OR: [{ status: 'PENDING' }, { status: 'ACCEPTED', callId: call.id }] },
    });
    // What a job opens has rung when the donor asked for it.
    if (rings > 0 || (count > 0 && change.actor.kind === 'system')) return;
    await this.ring(change, { mode: call.callType, callId: call.id });
  }

  /** Staff are there: what rang is accepted, also when it was missed or declined before. */
  async answer(change: TicketChange): Promise<void> {
    const { id: ticketId, activeCallId: callId } = change.ticket;
    const missed = callId === null ? [] : [{ callId, status: { in: ['EXPIRED', 'REJECTED'] } }];
    const adminId = change.actor.kind === 'staff' ? change.actor.id : null;
    const answered = await change.tx.callRequest.updateManyAndReturn({
      where: { ticketId, OR: [{ status: 'PENDING' }, ...missed] },
      data: { status: 'ACCEPTED', adminId, callId },
    });
    for (const { id, mode } of answered.map(callRequestRow))
      change.record({
        type: 'call.accepted',
        public: true,
        data: { requestId: id, mode },
      });
    if (change.ticket.callbackDueAt !== null) change.set(NO_CALLBACK);
  }

  /** Nobody came in time: the donor is owed a callback. Does nothing when it does not ring any more. */
  async miss(change: TicketChange, requestId: string): Promise<void> {
    const [request] = await change.tx.callRequest.updateManyAndReturn({
      where: { id: requestId, status: 'PENDING' },
      data: { status: 'EXPIRED' },
    });
    if (request === undefined) return;
    await this.status.giveBackIfOwnerLeft(change);
    const dueAt = await this.callbackDueAt();
    change.set({ callbackDueAt: dueAt });
    const { mode } = callRequestRow(request);
    const data = { requestId, mode, callbackDueAt: dueAt.toISOString() };
    change.record({ type: 'call.expired', public: true, data });
    change.postSystemMessage({ key: 'call.expired', params: {} });
  }
}

import { Injectable } from '@nestjs/common';
import type { TicketStatus } from '../../contract/ticket-status.js';
import { eventActor } from '../auth/actor.js';
import type { CallRow } from '../call-rooms/call-draft.js';
import type { TicketRow } from '../timeline/ticket-event.js';
import type { TicketChange } from './ticket-change.js';
import { illegalTransition } from './ticket.errors.js';
import { canMove, ENDING_STATUSES } from './ticket.transitions.js';

/** What everybody on the ticket reads when it ends or comes back, whichever route did it. */
const LINES: Partial<Record<TicketStatus, string>> = {
  resolved: 'This ticket was marked as resolved.',
  closed: 'This ticket was closed.',
  cancelled: 'This ticket was cancelled.',
  pending: 'This ticket was opened again.',
};

/** The only place that decides a ticket's status (the message statement obeys the same table, and a test proves it). */
@Injectable()
export class TicketStatusService {
  /** Moves the locked ticket, or throws illegalTransition. Ending statuses end the call and expire call requests. */
  async move(change: TicketChange, to: TicketStatus): Promise<void> {
    const from = change.ticket.status as TicketStatus;
    if (!canMove(from, to)) throw illegalTransition(from, to);
    change.set({ status: to, ...this.stamps(change, from, to) });
    change.record({ type: 'ticket.status_changed', public: true, data: { from, to } });
    if (ENDING_STATUSES.has(to)) {
      await this.endCall(change, to);
      await this.expireCallRequests(change);
    }
    const line = ENDING_STATUSES.has(to) || ENDING_STATUSES.has(from) ? LINES[to] : undefined;
    if (line !== undefined) change.say(line);
  }

  /** Ends the open call and gives the ticket back to whoever owes the next step (S1 §Call Flow). */
  async leaveCall(change: TicketChange, reason: string): Promise<CallRow | null> {
    const ended = await this.endCall(change, reason);
    if (change.ticket.status === 'active_call') {
      await this.move(change, change.ticket.adminId === null ? 'new' : 'pending');
    }
    return ended;
  }

  /** Ends the ticket's open call, if any; gives the call as it ended. Says nothing about the status afterwards. */
  async endCall(change: TicketChange, reason: string): Promise<CallRow | null> {
    const { activeCallId } = change.ticket;
    if (activeCallId === null) return null;
    change.set({ activeCallId: null });
    const ended = await change.tx.call.updateManyAndReturn({
      where: { id: activeCallId, status: 'active' },
      data: { status: 'ended', endedAt: new Date(), endedBy: this.who(change), endReason: reason },
    });
    const call = ended[0];
    if (call === undefined) return null;
    change.record({
      type: 'call.ended',
      public: true,
      callId: call.id,
      data: {
        callType: call.callType,
        endedAt: call.endedAt?.toISOString(),
        endedBy: call.endedBy,
        endReason: reason,
        provider: call.provider,
        roomName: call.roomName,
      },
    });
    change.say('The call has ended.');
    return call;
  }

  private who(change: TicketChange): string {
    const { type, id } = eventActor(change.actor, change.ticket);
    return id === null ? type : `${type}:${id}`;
  }

  private stamps(change: TicketChange, from: TicketStatus, to: TicketStatus): Partial<TicketRow> {
    const now = new Date();
    switch (to) {
      case 'resolved':
        return { resolvedAt: now, resolvedById: change.actor.kind === 'staff' ? change.actor.id : null };
      case 'closed':
        return { closedAt: now, resolvedAt: change.ticket.resolvedAt ?? now };
      case 'cancelled':
        return { closedAt: now };
      case 'new':
      case 'pending':
      case 'waiting_for_donor':
      case 'active_call':
      case 'transferred':
        return ENDING_STATUSES.has(from) ? { resolvedAt: null, resolvedById: null, closedAt: null } : {};
    }
  }

  private async expireCallRequests(change: TicketChange): Promise<void> {
    const expired = await change.tx.callRequest.updateManyAndReturn({
      where: { ticketId: change.ticket.id, status: 'PENDING' },
      data: { status: 'EXPIRED' },
    });
    for (const { id, mode } of expired) {
      change.record({ type: 'call.expired', public: true, data: { requestId: id, mode } });
    }
  }
}

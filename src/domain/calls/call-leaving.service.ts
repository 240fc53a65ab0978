import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../platform/database/generated/client.js';
import { eventActor } from '../auth/actor.js';
import type { TicketChange } from '../tickets/ticket-change.js';
import { TicketStatusService } from '../tickets/ticket-status.service.js';
import { callRow, type CallRow } from './rooms/call-row.js';
import { callRequestRow } from './requests/call-request-row.js';

/** Nobody waits to be called back any more. */
export const NO_CALLBACK = { callbackDueAt: null, callbackPhone: null } as const;

const CLOSED_AS = {
  EXPIRED: 'call.expired',
  REJECTED: 'call.rejected',
  CANCELLED: 'call.cancelled',
} as const;

/** How a ticket's open call ends, and what rang with it. */
@Injectable()
export class CallLeaving {
  constructor(private readonly status: TicketStatusService) {}

  /** Ends the open call and gives the ticket back to the side that owes the next step. */
  async leave(change: TicketChange, reason: string): Promise<CallRow | null> {
    const ended = await this.end(change, reason);
    if (change.ticket.status === 'active_call') {
      await this.status.giveBackIfOwnerLeft(change);
      await this.status.move(change, change.ticket.adminId === null ? 'new' : 'pending');
    }
    return ended;
  }

  /** Ends the ticket's open call, if any; gives the call as it ended. Says nothing about the status afterwards. */
  async end(change: TicketChange, reason: string): Promise<CallRow | null> {
    const { activeCallId } = change.ticket;
    if (activeCallId === null) return null;
    change.set({ activeCallId: null });
    const endedAt = new Date();
    const ended = await change.tx.call.updateManyAndReturn({
      where: { id: activeCallId, status: 'active' },
      data: { status: 'ended', endedAt, endedBy: who(change), endReason: reason },
    });
    if (ended[0] === undefined) return null;
    const call = callRow(ended[0]);
    const isStaffs = change.actor.kind === 'staff';
    await this.closeRequests(change, { callId: call.id }, isStaffs ? 'REJECTED' : 'CANCELLED');
    change.record({
      type: 'call.ended',
      public: true,
      data: {
        callId: call.id,
        callType: call.callType,
        endedAt: endedAt.toISOString(),
        endedBy: call.endedBy,
        endReason: reason,
        provider: call.provider,
        roomName: call.roomName,
      },
    });
    const came = await firstJoins(change.tx, call);
    if (await wasEntered(change, call, came)) {
      const seconds = secondsTogether(came, endedAt);
      change.postSystemMessage({ key: 'call.ended', params: seconds === null ? {} : { seconds } });
    }
    return call;
  }

  /** Ends what rings, without a callback: the ticket, or the call in which the donor waits, is over. */
  async closeRequests(
    change: TicketChange,
    which: { callId?: string },
    status: 'EXPIRED' | 'REJECTED' | 'CANCELLED',
  ): Promise<void> {
    const adminId = change.actor.kind === 'staff' && status === 'REJECTED' ? change.actor.id : null;
    const closed = await change.tx.callRequest.updateManyAndReturn({
      where: { ticketId: change.ticket.id, status: 'PENDING', ...which },
      data: { status, adminId },
    });
    for (const { id, mode } of closed.map(callRequestRow))
      change.record({
        type: CLOSED_AS[status],
        public: true,
        data: { requestId: id, mode },
      });
  }
}

/** When each side came into the call first; null for one that never did. */
interface FirstJoins {
  donor: Date | null;
  admin: Date | null;
}

async function firstJoins(tx: Prisma.TransactionClient, { id, ticketId }: CallRow): Promise<FirstJoins> {
  const firstOf = async (role: keyof FirstJoins): Promise<Date | null> => {
    const event = await tx.ticketEvent.findFirst({
      where: { ticketId, callId: id, type: 'call.joined', data: { path: ['role'], equals: role } },
      select: { createdAt: true },
      orderBy: { seq: 'asc' },
    });
    return event?.createdAt ?? null;
  };
  return { donor: await firstOf('donor'), admin: await firstOf('admin') };
}

/** Whether anybody came into the call. One that staff open they are in; a donor's rings until somebody comes. */
async function wasEntered(
  { tx }: TicketChange,
  call: CallRow,
  { donor, admin }: FirstJoins,
): Promise<boolean> {
  if (call.initiatedBy === 'admin' || donor !== null || admin !== null) return true;
  return (await tx.callRequest.count({ where: { callId: call.id, status: 'ACCEPTED' } })) > 0;
}

/** From when both sides have come to the end, as text; null when one of them never came. */
function secondsTogether({ donor, admin }: FirstJoins, endedAt: Date): string | null {
  if (donor === null || admin === null) return null;
  const together = endedAt.getTime() - Math.max(donor.getTime(), admin.getTime());
  return String(Math.max(0, Math.round(together / 1_000)));
}

function who({ actor, ticket }: TicketChange): string {
  const { type, id } = eventActor(actor, ticket);
  return id === null ? type : `${type}:${id}`;
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../../auth/actor.js';
import { CallRinging } from '../call-ringing.service.js';
import { TicketChanges, type TicketChange } from '../../tickets/ticket-change.js';
import { NO_CALLBACK } from '../call-leaving.service.js';
import { ticketClosed } from '../../tickets/ticket.errors.js';
import { ENDING_STATUSES } from '../../tickets/ticket.transitions.js';
import { TicketStatusService } from '../../tickets/ticket-status.service.js';
import type { TicketRow } from '../../event-log/rows.js';
import type { CallbackDto } from './callback.dto.js';

/** A donor who is to be called back: by when, and at which number. A missed call asks for one by itself. */
@Injectable()
export class Callbacks {
  constructor(
    private readonly changes: TicketChanges,
    private readonly ringing: CallRinging,
    private readonly status: TicketStatusService,
  ) {}

  /** Asks for a callback, or says more of the one that is owed. Throws ticketClosed, and 400 for a time that is no use. */
  request(actor: Actor, ticketId: string, { phone, at }: CallbackDto): Promise<TicketRow> {
    return this.changes.run(actor, ticketId, actionOf(actor), async (change) => {
      const { status, callbackDueAt, callbackPhone } = change.ticket;
      if (ENDING_STATUSES.has(status)) throw ticketClosed(status);
      const isNew = callbackDueAt === null && actor.kind !== 'staff';
      if (isNew) await this.status.giveBackIfOwnerLeft(change);
      record(change, {
        callbackDueAt: (at === undefined ? callbackDueAt : null) ?? (await this.ringing.callbackDueAt(at)),
        callbackPhone: phone === undefined ? callbackPhone : phone,
      });
      if (isNew) change.postSystemMessage({ key: 'callback.requested', params: {} });
    });
  }

  /** Staff have called back, or the donor wants it no more. Does nothing when none is owed. */
  settle(actor: Actor, ticketId: string): Promise<TicketRow> {
    return this.changes.run(actor, ticketId, actionOf(actor), (change) => {
      if (change.ticket.callbackDueAt !== null) record(change, NO_CALLBACK);
    });
  }
}

const actionOf = (actor: Actor) => (actor.kind === 'staff' ? 'work' : 'take_part_by_link');

function record(change: TicketChange, wanted: Pick<TicketRow, 'callbackDueAt' | 'callbackPhone'>): void {
  const { callbackDueAt, callbackPhone } = change.ticket;
  if (callbackDueAt?.getTime() === wanted.callbackDueAt?.getTime() && callbackPhone === wanted.callbackPhone)
    return;
  change.set(wanted);
  const changes = {
    callbackDueAt: wanted.callbackDueAt?.toISOString() ?? null,
    callbackPhone: wanted.callbackPhone,
  };
  change.record({ type: 'ticket.updated', public: true, data: { changes } });
}

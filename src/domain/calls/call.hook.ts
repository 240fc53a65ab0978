import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { TicketStatus } from '../../contract/ticket-status.js';
import type { TicketChange } from '../tickets/ticket-change.js';
import { TicketHooks, type TicketHook } from '../tickets/ticket-hooks.js';
import { CallLeaving, NO_CALLBACK } from './call-leaving.service.js';

/** Calls follow their ticket: what rings and what is open ends with it. */
@Injectable()
export class CallHook implements TicketHook, OnModuleInit {
  constructor(
    private readonly hooks: TicketHooks,
    private readonly leaving: CallLeaving,
  ) {}

  onModuleInit(): void {
    this.hooks.register(this);
  }

  /** A ticket that is on a call until somebody chooses otherwise. */
  async statusChosen(change: TicketChange, to: TicketStatus): Promise<void> {
    if (change.ticket.status === 'active_call' && (to === 'pending' || to === 'new'))
      await this.leaving.end(change, 'status_changed');
  }

  async ending(change: TicketChange, to: TicketStatus): Promise<void> {
    if (change.ticket.callbackDueAt !== null) change.set(NO_CALLBACK);
    await this.leaving.closeRequests(change, {}, 'EXPIRED');
    await this.leaving.end(change, to);
  }

  async deleting(change: TicketChange): Promise<void> {
    await this.leaving.leave(change, 'deleted');
  }
}

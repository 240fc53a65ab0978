import { Injectable } from '@nestjs/common';
import type { TicketStatus } from '../../contract/ticket-status.js';
import type { TicketChange } from './ticket-change.js';
import type { TicketDeletion } from './ticket-deletion.js';

/** Ids of staff; null where nobody owns the ticket. */
export interface OwnerChange {
  from: number | null;
  to: number | null;
}

type Answer = Promise<void> | void;

/**
 * A part that another folder takes in the changes of a ticket. It runs inside the transaction of the change; what it throws
 * undoes the whole change. A module that only follows what happened registers a durable reaction instead.
 */
export interface TicketHook {
  /** Staff have chosen another status, and the ticket is about to move to it. */
  statusChosen?(change: TicketChange, to: TicketStatus): Answer;
  /** The ticket has moved to a status that ends it. */
  ending?(change: TicketChange, to: TicketStatus): Answer;
  /** Somebody else owns the ticket now, or nobody. */
  ownerChanged?(change: TicketChange, owner: OwnerChange): Answer;
  /** The last change before the ticket is deleted for good. */
  deleting?(change: TicketChange): Answer;
  /** The ticket is deleted for good: its rows still exist, and go by foreign key in a moment. */
  erasing?(deletion: TicketDeletion): Answer;
}

/** Who takes part in changes of tickets. Hooks run one after the other, in the order of registration. */
@Injectable()
export class TicketHooks {
  private readonly hooks: TicketHook[] = [];

  /** When modules start; there is no way back. */
  register(hook: TicketHook): void {
    this.hooks.push(hook);
  }

  async statusChosen(change: TicketChange, to: TicketStatus): Promise<void> {
    for (const hook of this.hooks) await hook.statusChosen?.(change, to);
  }

  async ending(change: TicketChange, to: TicketStatus): Promise<void> {
    for (const hook of this.hooks) await hook.ending?.(change, to);
  }

  async ownerChanged(change: TicketChange, owner: OwnerChange): Promise<void> {
    for (const hook of this.hooks) await hook.ownerChanged?.(change, owner);
  }

  async deleting(change: TicketChange): Promise<void> {
    for (const hook of this.hooks) await hook.deleting?.(change);
  }

  async erasing(deletion: TicketDeletion): Promise<void> {
    for (const hook of this.hooks) await hook.erasing?.(deletion);
  }
}

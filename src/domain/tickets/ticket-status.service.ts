import { Injectable } from '@nestjs/common';
import type { SystemMessage, SystemMessageKey } from '../../contract/system-messages.js';
import type { TicketStatus } from '../../contract/ticket-status.js';
import { doneBy } from './system-message.js';
import type { TicketChange, TicketFields } from './ticket-change.js';
import { TicketHooks } from './ticket-hooks.js';
import { TicketOwners } from './ticket-owners.service.js';
import { illegalTransition } from './ticket.errors.js';
import { canMove, ENDING_STATUSES } from './ticket.transitions.js';

/** What everybody on the ticket reads when it ends or comes back, whichever route did it. */
const LINES = {
  resolved: 'ticket.resolved',
  closed: 'ticket.closed',
  cancelled: 'ticket.cancelled',
  pending: 'ticket.reopened',
  new: 'ticket.reopened',
} as const satisfies Partial<Record<TicketStatus, SystemMessageKey>>;

/** Statuses that say who owes the next step: somebody must own the ticket. The database checks it too. */
const OWNED_STATUSES: ReadonlySet<TicketStatus> = new Set(['pending', 'transferred']);

/** The only place that decides a ticket's status (the message statement obeys the same table, and a test proves it). */
@Injectable()
export class TicketStatusService {
  constructor(
    private readonly owners: TicketOwners,
    private readonly hooks: TicketHooks,
  ) {}

  /**
   * Moves the locked ticket, or throws illegalTransition. What must be pending becomes new when nobody is there to own it.
   * `quiet` leaves out the line that everybody reads.
   */
  async move(
    change: TicketChange,
    wanted: TicketStatus,
    { quiet = false }: { quiet?: boolean } = {},
  ): Promise<void> {
    const from = change.ticket.status;
    if (!canMove(from, wanted)) throw illegalTransition(from, wanted);
    const to = wanted === 'pending' ? await this.pendingOrNew(change) : wanted;
    if (to === 'new' && from === to) return;
    change.set({ status: to, ...this.stamps(change, from, to) });
    change.record({ type: 'ticket.status_changed', public: true, data: { from, to } });
    if (ENDING_STATUSES.has(to)) await this.hooks.ending(change, to);
    if (!quiet && (ENDING_STATUSES.has(to) || ENDING_STATUSES.has(from))) this.tell(change, to);
  }

  /** Leaves an open ticket to the team: what its owner owed a step is new again. */
  async giveBack(change: TicketChange, reason: 'owner_left' | 'handed_back'): Promise<void> {
    await this.owners.release(change, reason);
    if (OWNED_STATUSES.has(change.ticket.status)) await this.move(change, 'new');
  }

  /** Asked wherever a ticket calls for its owner: an open ticket of somebody who has left is the team's. */
  async giveBackIfOwnerLeft(change: TicketChange): Promise<void> {
    if (await this.owners.hasLeft(change)) await this.giveBack(change, 'owner_left');
  }

  /**
   * Pending always has an owner. The owner who has left leaves it to the team; without an owner it becomes that of the staff who
   * moves it, and is new when nobody of the staff does.
   */
  private async pendingOrNew(change: TicketChange): Promise<'pending' | 'new'> {
    if (await this.owners.hasLeft(change)) {
      await this.owners.release(change, 'owner_left');
      return 'new';
    }
    if (change.ticket.adminId !== null) return 'pending';
    if (change.actor.kind !== 'staff') return 'new';
    await this.owners.assignTo(change, await this.owners.eligible(change.tx, change.actor.id), 'accepted');
    return 'pending';
  }

  private tell(change: TicketChange, to: TicketStatus): void {
    if (!hasLine(to)) return;
    const seconds = String(Math.round((Date.now() - change.ticket.createdAt.getTime()) / 1_000));
    const by = doneBy(change.actor);
    const key = LINES[to];
    const line: SystemMessage =
      key === 'ticket.resolved' ? { key, params: { ...by, seconds } } : { key, params: by };
    change.postSystemMessage(line);
  }

  private stamps(change: TicketChange, from: TicketStatus, to: TicketStatus): TicketFields {
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
}

function hasLine(status: TicketStatus): status is keyof typeof LINES {
  return status in LINES;
}

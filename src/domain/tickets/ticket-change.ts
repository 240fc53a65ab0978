import { Injectable, Inject } from '@nestjs/common';
import type { SystemMessage } from '../../contract/system-messages.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import type { Actor } from '../auth/actor.js';
import { ticketRow, type TicketRow } from '../event-log/rows.js';
import type { TicketEvent, TicketEventDraft } from '../event-log/ticket-event.js';
import { TicketLog } from '../event-log/ticket-log.js';
import { systemMessage } from './system-message.js';
import { ticketNotFound } from './ticket.errors.js';
import { mustBeAllowed, NO_TICKET, type TicketAction } from './ticket.policy.js';
import { filingOf } from './ticket.mapper.js';
import { lockTicket, readOwner } from './tickets.queries.js';
import { waitingAfter } from './waiting.js';

type Counted = 'lastSeq' | 'lastPublicSeq' | 'lastDonorSeq' | 'lastStaffSeq' | 'version';
type TicketPatch = Omit<Prisma.TicketUncheckedUpdateInput, 'id' | Counted>;

/** New values of a ticket's fields. */
export type TicketFields = Partial<TicketRow>;

/** One locked ticket inside one transaction: collect what changes and what happened; both are written together. */
export class TicketChange {
  readonly drafts: TicketEventDraft[] = [];
  /** False leaves updatedAt alone: being read must not move a ticket up the board. */
  touches = true;
  private patch: TicketPatch = {};

  constructor(
    readonly tx: Prisma.TransactionClient,
    readonly actor: Actor,
    public ticket: TicketRow,
  ) {}

  /** Sets fields; `ticket` shows them from here on. */
  set(fields: TicketFields): void {
    this.patch = { ...this.patch, ...fields };
    this.ticket = { ...this.ticket, ...fields };
  }

  record(draft: TicketEventDraft): void {
    this.drafts.push(draft);
  }

  /** Writes a line that everybody on the ticket reads. */
  postSystemMessage(system: SystemMessage): void {
    this.drafts.push({
      type: 'message.posted',
      public: true,
      data: { message: systemMessage(system) },
    });
  }

  /** Writes the collected fields; returns the row as it stands. */
  async save(): Promise<TicketRow> {
    if (Object.keys(this.patch).length > 0) {
      const row = await this.tx.ticket.update({
        where: { id: this.ticket.id },
        data: { ...this.patch, version: { increment: 1 } },
      });
      this.ticket = ticketRow(row);
      this.patch = {};
    }
    return this.ticket;
  }
}

/** Runs changes of one ticket: lock, ask the policy, change, log, commit, announce. */
@Injectable()
export class TicketChanges {
  constructor(
    private readonly log: TicketLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Locks the ticket, checks that the actor may do this to it, runs `work` and commits its events with it.
   * Resolves to the ticket as committed. Throws ticketNotFound, or the refusal of the policy; nothing is written then.
   */
  async run(
    actor: Actor,
    ticketId: string,
    action: TicketAction,
    work: (change: TicketChange) => Promise<void> | void,
  ): Promise<TicketRow> {
    return (await this.runFor(actor, ticketId, action, work)).ticket;
  }

  /** The same, and what `work` gave. */
  runFor<T>(
    actor: Actor,
    ticketId: string,
    action: TicketAction,
    work: (change: TicketChange) => Promise<T> | T,
  ): Promise<{ ticket: TicketRow; result: T }> {
    return this.log.transaction(async (log) => {
      const ticket = await lockTicket(log.tx, ticketId);
      if (ticket === null) {
        mustBeAllowed(actor, action, NO_TICKET, this.config.donorAccess);
        throw ticketNotFound();
      }
      mustBeAllowed(actor, action, ticket, this.config.donorAccess);
      const before = filingOf(ticket);
      const change = new TicketChange(log.tx, actor, ticket);
      const result = await work(change);
      const waitingSince = waitingAfter(ticket, change.drafts, new Date());
      if (waitingSince !== ticket.waitingSince) change.set({ waitingSince });
      const saved = await change.save();
      const events = await log.append(saved, actor, change.drafts, { touch: change.touches });
      if (events.length === 0) return { ticket: saved, result };
      const committed = {
        ...asCommitted(saved, change, events),
        ...(await readOwner(log.tx, saved.adminId)),
      };
      for (const event of events) Object.assign(event, { ticket: committed, before });
      return { ticket: committed, result };
    });
  }
}

/** The row with the places that its events took. */
function asCommitted(saved: TicketRow, change: TicketChange, events: readonly TicketEvent[]): TicketRow {
  const last = events.at(-1);
  if (last === undefined) return saved;
  const publicEvents = change.drafts.filter((draft) => draft.public).length;
  return {
    ...saved,
    lastSeq: last.seq,
    lastPublicSeq: saved.lastPublicSeq + publicEvents,
    updatedAt: change.touches ? last.at : saved.updatedAt,
  };
}

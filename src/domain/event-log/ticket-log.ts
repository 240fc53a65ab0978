import { Injectable } from '@nestjs/common';
import type { EventActor } from '../../contract/events/event-payload.js';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { eventActor, type Actor } from '../auth/actor.js';
import { checkpoints } from './checkpoints.js';
import { DurableReactions } from './durable-reactions.js';
import { fromDraft, toRecord } from './event-record.js';
import type { MessageRow, TicketRow } from './rows.js';
import type { KnownFacts, TicketEvent, TicketEventDraft } from './ticket-event.js';
import { appendEvents, insertMessages, type AppendedRow, type EventToAppend } from './timeline.queries.js';

/** What a transaction writes through. Events appended here are announced when it has committed. */
export interface LogTransaction {
  readonly tx: Prisma.TransactionClient;
  append(
    ticket: TicketRow,
    actor: Actor,
    drafts: readonly TicketEventDraft[],
    options?: { touch?: boolean },
  ): Promise<TicketEvent[]>;
}

/**
 * The event log of tickets: each change of a ticket is one row here, written in the same transaction as the change.
 * Announces committed events on the bus as `ticket.events`.
 */
@Injectable()
export class TicketLog {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly durable: DurableReactions,
  ) {}

  /** Runs one transaction and publishes what it appended once it has committed; nothing is published otherwise. */
  async transaction<T>(work: (log: LogTransaction) => Promise<T>): Promise<T> {
    let appended: TicketEvent[] = [];
    const result = await this.database.$transaction(async (tx) => {
      appended = [];
      const answer = await work({ tx, append: (...args) => this.append(tx, appended, ...args) });
      checkpoints.beforeCommit.publish(undefined);
      return answer;
    });
    this.publishEvents(appended);
    return result;
  }

  /** Publishes events of a statement that has committed by itself (the hot paths). */
  publishEvents(events: readonly TicketEvent[]): void {
    if (events.length === 0) return;
    checkpoints.afterCommit.publish(undefined);
    this.bus.publish('ticket.events', events);
  }

  /** False when a durable reaction waits for such an event: the row is then born undispatched and the relay wakes. */
  isDispatched(facts: KnownFacts): boolean {
    return !this.durable.areWanted(facts);
  }

  private async append(
    tx: Prisma.TransactionClient,
    appended: TicketEvent[],
    ticket: TicketRow,
    actor: Actor,
    drafts: readonly TicketEventDraft[],
    options: { touch?: boolean } = {},
  ): Promise<TicketEvent[]> {
    if (drafts.length === 0) return [];
    const who = eventActor(actor, ticket);
    const places = await appendEvents(tx, ticket.id, this.rowsOf(who, drafts), options.touch ?? true);
    const placed = drafts.map((draft, index) => {
      const place = places[index];
      if (place === undefined) throw new Error(`ticket ${ticket.id} vanished while it was being changed`);
      return { draft, place };
    });
    const messages = await this.post(tx, ticket.id, placed);
    const events = placed.map(({ draft, place: { createdAt: at, ...place } }) =>
      fromDraft({ ...place, ticketId: ticket.id, at, actor: who }, draft, messages.get(place.seq)),
    );
    appended.push(...events);
    return events;
  }

  /** Writes the messages of posted ones, at the places of their events; by place. */
  private async post(
    tx: Prisma.TransactionClient,
    ticketId: string,
    placed: readonly { draft: TicketEventDraft; place: AppendedRow }[],
  ): Promise<Map<number, MessageRow>> {
    const messages = placed.flatMap(({ draft, place }) =>
      draft.type === 'message.posted' ? [{ ...draft.data.message, ...place, ticketId }] : [],
    );
    const rows = messages.length === 0 ? [] : await insertMessages(tx, messages);
    return new Map(rows.map((row) => [row.seq, row]));
  }

  private rowsOf(who: EventActor, drafts: readonly TicketEventDraft[]): EventToAppend[] {
    let publicCount = 0;
    return drafts.map((draft, index) => {
      const { facts, messageId, callId } = toRecord(draft);
      return {
        n: index + 1,
        pn: draft.public ? ++publicCount : null,
        type: facts.type,
        actor_type: who.type,
        actor_id: who.id,
        actor_via: who.via ?? null,
        message_id: messageId,
        call_id: callId,
        data: facts.data,
        dispatched: this.isDispatched(facts),
        news_for: newsFor(who, draft),
      };
    });
  }
}

/** Staff are to read what a donor says and asks for, the donor what people write to them. */
function newsFor({ type: actor }: EventActor, draft: TicketEventDraft): 'staff' | 'donor' | null {
  if (draft.type === 'ticket.created' || draft.type === 'call.requested')
    return actor === 'donor' ? 'staff' : null;
  if (draft.type !== 'message.posted') return null;
  const { senderType } = draft.data.message;
  if (senderType === 'donor') return 'staff';
  return senderType === 'admin' && draft.public ? 'donor' : null;
}

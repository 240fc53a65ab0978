import { Injectable } from '@nestjs/common';
import type { TicketEventType } from '../../contract/ticket-events.js';
import type { EventData } from './ticket-event.js';

/** The facts of an event that a job gets. */
export interface DurableEvent {
  ticketId: string;
  seq: number;
  type: TicketEventType;
  actorType: string;
  /** Of a member of staff; null for everybody else, whom jobs do not name. */
  actorId: string | null;
  messageId: string | null;
  callId: string | null;
  data: EventData;
}

export interface DurableReaction {
  /** Name of the job, unique, e.g. `calls.open-room`. */
  name: string;
  types: readonly TicketEventType[];
  /** Narrows further; must depend on nothing but the event. */
  when?: (event: { type: TicketEventType; data: EventData }) => boolean;
  /** Whether somebody waits for it right now: such jobs overtake the others of their kind. */
  urgent?: (event: { type: TicketEventType }) => boolean;
  /** Whether it must run even when the ticket is deleted before; all others would find nothing to do. */
  outlivesTicket?: true;
  /** Seconds to wait before the first try. */
  delay?: number;
  /** Runs at least once; must be idempotent. Throw to be retried. */
  handle: (event: DurableEvent) => Promise<void>;
}

/** Who must hear of which event even if the process dies right after the commit. Modules register at start. */
@Injectable()
export class DurableReactions {
  private readonly reactions: DurableReaction[] = [];

  register(reaction: DurableReaction): void {
    if (this.reactions.some((known) => known.name === reaction.name)) {
      throw new Error(`a durable reaction named ${reaction.name} exists already`);
    }
    this.reactions.push(reaction);
  }

  all(): readonly DurableReaction[] {
    return this.reactions;
  }

  /** The reactions to an event; none means that it needs no relay. */
  for(event: { type: TicketEventType; data: EventData }): DurableReaction[] {
    return this.reactions.filter((r) => r.types.includes(event.type) && (r.when?.(event) ?? true));
  }
}

import { Injectable } from '@nestjs/common';
import type { TicketEventType } from '../../contract/events/event-types.js';
import type { ActorType } from '../../contract/roles.js';
import type { EventFacts, KnownFacts, OfType } from './ticket-event.js';

/** What a job gets of an event beside its facts. */
interface DurablePlace {
  ticketId: string;
  seq: number;
  actorType: ActorType;
  /** Of a member of staff; null for everybody else, whom jobs do not name. */
  actorId: string | null;
  messageId: string | null;
  callId: string | null;
}

export type DurableEvent = DurablePlace & EventFacts;

export interface DurableReaction<T extends TicketEventType = TicketEventType> {
  /** Name of the job, unique, e.g. `calls.open-room`. */
  name: string;
  types: readonly T[];
  /** Narrows further; must depend on nothing but the event. */
  when?: (event: OfType<KnownFacts, T>) => boolean;
  /** Whether there is nothing to do right now, whatever the event: it then costs no job. */
  isIdle?: () => boolean;
  /** Whether somebody waits for it right now: such jobs overtake the others of their kind. */
  urgent?: (event: { type: TicketEventType }) => boolean;
  /** Whether it must run even when the ticket is deleted before; all others would find nothing to do. */
  outlivesTicket?: true;
  /** Seconds to wait before the first try. */
  delay?: number;
  /** Runs at least once; must be idempotent. Throw to be retried. */
  handle: (event: OfType<DurableEvent, T>) => Promise<void>;
}

/** A reaction as the relay runs it, whatever its types are. */
export interface RegisteredReaction extends Omit<DurableReaction, 'types' | 'when'> {
  follows: (event: KnownFacts) => boolean;
}

/** Who must hear of which event even if the process dies right after the commit. Modules register at start. */
@Injectable()
export class DurableReactions {
  private readonly reactions: RegisteredReaction[] = [];

  register<T extends TicketEventType>({ types, when, handle, ...rest }: DurableReaction<T>): void {
    if (this.reactions.some((known) => known.name === rest.name)) {
      throw new Error(`a durable reaction named ${rest.name} exists already`);
    }
    const isOne = (type: TicketEventType): type is T => types.some((own) => own === type);
    const isKnown = (event: KnownFacts): event is OfType<KnownFacts, T> => isOne(event.type);
    const isWhole = (event: DurableEvent): event is OfType<DurableEvent, T> => isOne(event.type);
    this.reactions.push({
      ...rest,
      follows: (event) => isKnown(event) && (when?.(event) ?? true),
      handle: async (event) => {
        if (isWhole(event)) await handle(event);
      },
    });
  }

  all(): readonly RegisteredReaction[] {
    return this.reactions;
  }

  /** Whether something is to follow from an event that is written now. What is written as such is relayed, idle or not. */
  areWanted(event: KnownFacts): boolean {
    return this.for(event).some(({ isIdle }) => isIdle?.() !== true);
  }

  /** The reactions to an event. */
  for(event: KnownFacts): RegisteredReaction[] {
    return this.reactions.filter((reaction) => reaction.follows(event));
  }
}

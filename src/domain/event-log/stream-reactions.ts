import { Injectable } from '@nestjs/common';
import type { StreamEvent, StreamEventOf, StreamEventType } from '../outbox/stream-event.js';

export interface StreamReaction<T extends StreamEventType = StreamEventType> {
  /** Name of the job, unique, e.g. `calls.evict-ended`. */
  name: string;
  types: readonly T[];
  /** Runs at least once; must be idempotent. Throw to be retried. */
  handle: (event: StreamEventOf<T>) => Promise<void>;
}

/** A reaction as the relay runs it. */
export interface RegisteredStreamReaction {
  name: string;
  follows: (event: StreamEvent) => boolean;
  handle: (event: StreamEvent) => Promise<void>;
}

/** Which jobs follow from events of other streams than tickets. Modules register at start. */
@Injectable()
export class StreamReactions {
  private readonly reactions: RegisteredStreamReaction[] = [];

  register<T extends StreamEventType>({ name, types, handle }: StreamReaction<T>): void {
    if (this.reactions.some((known) => known.name === name)) {
      throw new Error(`a reaction named ${name} exists already`);
    }
    const isOne = (event: StreamEvent): event is StreamEventOf<T> => types.some((own) => own === event.type);
    this.reactions.push({
      name,
      follows: isOne,
      handle: async (event) => {
        if (isOne(event)) await handle(event);
      },
    });
  }

  all(): readonly RegisteredStreamReaction[] {
    return this.reactions;
  }

  for(event: StreamEvent): RegisteredStreamReaction[] {
    return this.reactions.filter(({ follows }) => follows(event));
  }
}

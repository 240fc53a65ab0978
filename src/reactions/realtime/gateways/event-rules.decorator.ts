import { SetMetadata } from '@nestjs/common';

/** The metadata key of EventRules. */
export const EVENT_RULES = 'concierge:event-rules';

/** What the guard asks of anyone who sends an event. */
export interface EventRules {
  /** The limit of the same request over HTTP; `none` for what costs no look into the database, or what counts itself. */
  limit: 'reads' | 'messages' | 'none';
  /** `anybody` may send it with a token that has ended; everyone else needs a valid one, or none. */
  access?: 'staff' | 'anybody';
}

/** Every subscribed event needs it. */
export const EventRules = (rules: EventRules) => SetMetadata(EVENT_RULES, rules);

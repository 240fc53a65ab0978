import type { Actor } from '../auth/actor.js';

/** Who reads tickets from several pages: a member of staff, or a donor with a session. */
export type TicketReader = { userId: number } | { sessionId: string; ownerKey: string | null };

/** Null for those who cannot be told from others: holders of a link, and the server itself. */
export function readerOf(actor: Actor): TicketReader | null {
  switch (actor.kind) {
    case 'staff':
      return { userId: actor.id };
    case 'donor':
      return { sessionId: actor.sessionId, ownerKey: actor.ownerKey };
    case 'link':
    case 'system':
      return null;
  }
}

/** A reader has come so far in a ticket, in their own stream. */
export interface TicketSeen {
  reader: TicketReader;
  ticketId: string;
  seq: number;
}

declare module '../../platform/events/event-bus.js' {
  interface Facts {
    /** After commit, when somebody has read further than before. */
    'ticket.seen': TicketSeen;
  }
}

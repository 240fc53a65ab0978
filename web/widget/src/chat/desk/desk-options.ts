import type { Visitor } from '../../loader/chat-host.js';

/** Why somebody else is here now: the donor wants to be forgotten, another tab has done that, or has found another person. */
export type Leaving = 'forget' | 'forgotten' | 'person';

export interface DeskOptions {
  /** Where the chat is drawn. */
  readonly root: ShadowRoot;
  readonly origin: string;
  readonly visitor: Visitor;
  readonly locale: string;
  /** The person who was here before has just been forgotten. */
  readonly forgotten: boolean;
  readonly onTicket: (ticket: { id: string; number: string }) => void;
  readonly onMessage: (message: { ticketId: string; text: string }) => void;
  readonly onUnread: (count: number) => void;
  /** A call waits for the donor; `undefined` when none does any more. */
  readonly onRing: (ticketId: string | undefined) => void;
  readonly onLeave: (why: Leaving) => void;
}

import type { TicketEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { Shape } from '../../../../client/rest/client.js';
import type { Session } from './session.js';

export interface Unread {
  /** The place of the last message. */
  readonly seq: number;
  readonly count: number;
  readonly lastMessage?: { readonly text: string | null; readonly senderName: string | null };
  /** Which of all that were heard; nothing for what the server has told. */
  readonly heard?: number;
}

type Answer = Pick<Shape<'DonorUnreadResponse'>, 'tickets'>;

/** How many messages staff have written in each ticket since the donor read on, here or in another tab. */
export class UnreadMessages {
  readonly #session: Pick<Session, 'seen'>;
  #known = new Map<string, Unread>();
  #heard = 0;

  constructor(session: Pick<Session, 'seen'>) {
    this.#session = session;
  }

  /** Of tickets that have some. */
  get all(): ReadonlyMap<string, Unread> {
    return new Map([...this.#known].filter(([id, { seq }]) => seq > this.#session.seen(id)));
  }

  /** Takes what the server answers, and what is heard meanwhile: the answer may be older. */
  async learn(answer: Promise<Answer>): Promise<void> {
    const before = this.#heard;
    const { tickets } = await answer;
    const news = new Map<string, Unread>(tickets.map((ticket) => [ticket.ticketId, ticket]));
    for (const [id, unread] of this.#known) {
      const { seq, count } = news.get(id) ?? { seq: 0, count: 0 };
      if ((unread.heard ?? 0) > before && unread.seq > seq)
        news.set(id, { ...unread, count: Math.max(unread.count, count + 1) });
    }
    this.#known = news;
  }

  forget(): void {
    this.#known.clear();
  }

  hear(event: TicketEventPayload): void {
    const { ticketId, seq } = event;
    if (isFromStaff(event) && seq > (this.#known.get(ticketId)?.seq ?? 0))
      this.#known.set(ticketId, {
        seq,
        count: (this.all.get(ticketId)?.count ?? 0) + 1,
        lastMessage: { text: event.content, senderName: event.actor.name ?? null },
        heard: ++this.#heard,
      });
  }
}

export function isFromStaff(event: TicketEventPayload): event is TicketEventPayload<'message.posted'> {
  return event.type === 'message.posted' && event.senderType === 'admin' && event.messageType === 'text';
}

import type { TicketEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { TypingPayload } from '../../../../../src/contract/socket-events.js';
import { asFailure, type Failure } from '../../../../client/failure.js';
import type { StreamState } from '../../../../client/live/ticket-sync.js';
import type { OutboxEntry } from '../../../../client/live/outbox-store.js';
import type { Snapshot, TicketStream } from '../../../../client/live/ticket-stream.js';
import type { Connection } from '../../../../client/live/connection.js';
import type { OutboxStorage } from '../../../../client/live/outbox-store.js';
import type { DonorApi } from '../data/donor-api.js';
import { newRequestKey } from '../data/session.js';
import { Store } from '../data/store.js';
import { follow, startThread, threadFrom, type Thread, type Ticket } from '../data/thread.js';

export interface ConversationState {
  readonly thread: Thread;
  readonly outbox: readonly OutboxEntry[];
  readonly stream: StreamState;
  readonly reason?: Failure;
  /** The history is here; before that an empty thread means nothing. */
  readonly loaded: boolean;
  /** Who is typing. */
  readonly typing?: string;
  /** An action that is under way, and the one that did not work. */
  readonly busy?: Action;
  readonly failed?: { readonly action: Action; readonly failure: Failure };
}

export type Action = 'resolve' | 'rate' | 'call' | 'cancel';

export interface ConversationOptions {
  readonly ticket: Ticket;
  readonly connection: Connection;
  readonly api: DonorApi;
  /** Keeps what is not sent yet. */
  readonly storage: OutboxStorage;
  /** After each batch of new events; `live` is false for the history. */
  readonly onNews: (events: readonly TicketEventPayload[], live: boolean) => void;
}

/** "is typing" is taken back when nothing more is heard for this long, in ms. */
const TYPING_MS = 7_000;

/** One ticket, followed live: its thread, what is still being sent, and what the donor does with it. */
export class Conversation extends Store<ConversationState> {
  readonly ticketId: string;
  draft = '';
  /** How far the donor had read when they came here last. */
  seenBefore = 0;
  readonly #options: ConversationOptions;
  readonly #stream: TicketStream;
  #typing?: ReturnType<typeof setTimeout>;

  constructor(options: ConversationOptions) {
    const { ticket, connection, storage } = options;
    super({ thread: startThread(ticket), outbox: [], stream: 'catching-up', loaded: false });
    this.#options = options;
    this.ticketId = ticket.id;
    this.#stream = connection.ticket(ticket.id, {
      donorId: ticket.donorId,
      channel: 'widget',
      sender: { senderId: ticket.donorId, senderType: 'donor' },
      storage,
      onEvents: (events) => this.#onEvents(events),
      onReset: () => this.#reset(),
      onState: (stream, reason) => this.#onStream(stream, reason),
      onOutbox: (outbox) => this.set({ outbox }),
      onTyping: (typing) => this.#onTyping(typing),
    });
    this.set({ outbox: this.#stream.outbox });
  }

  get lastSeq(): number {
    return this.#stream.lastSeq;
  }

  send(text: string): void {
    this.#stream.typing(false);
    this.#stream.send(text);
  }

  retry(clientMessageId: string): void {
    this.#stream.retry(clientMessageId);
  }

  discard(clientMessageId: string): void {
    this.#stream.discard(clientMessageId);
  }

  typing(isTyping: boolean): void {
    this.#stream.typing(isTyping);
  }

  /** The donor has everything before their eyes. */
  markRead(): void {
    const theirs = this.state.thread.entries.findLast((entry) => entry.kind === 'message' && !entry.own);
    if (theirs?.kind === 'message') this.#stream.markRead(theirs.seq);
  }

  resume(): void {
    this.#stream.resume();
  }

  resolve(): Promise<boolean> {
    const { ticket, api } = this.#options;
    return this.#act('resolve', () => api.resolve(ticket.id, ticket.donorId));
  }

  rate(rating: number, comment: string): Promise<boolean> {
    return this.#act('rate', () => this.#options.api.rate(this.ticketId, rating, comment));
  }

  requestCall(mode: 'audio' | 'video'): Promise<boolean> {
    const key = newRequestKey();
    return this.#act('call', () => this.#options.api.requestCall(this.ticketId, mode, key));
  }

  async cancelCall(): Promise<void> {
    const { request } = this.state.thread;
    if (request) await this.#act('cancel', () => this.#options.api.cancelRequest(request.id));
  }

  forgetMissed(): void {
    this.set({ thread: { ...this.state.thread, missed: undefined, callback: undefined } });
  }

  close(): void {
    clearTimeout(this.#typing);
    this.#stream.close();
  }

  /** Runs one action; what it changes comes back as an event. Answers whether it worked. */
  async #act(action: Action, run: () => Promise<unknown>): Promise<boolean> {
    if (this.state.busy) return false;
    this.set({ busy: action, failed: undefined });
    try {
      await run();
      this.set({ busy: undefined });
      return true;
    } catch (error) {
      this.set({ busy: undefined, failed: { action, failure: asFailure(error) } });
      return false;
    }
  }

  #onEvents(events: readonly TicketEventPayload[]): void {
    this.set({ thread: follow(this.state.thread, events) });
    if (events.some(({ type, actor }) => type === 'message.posted' && actor.type === 'admin'))
      this.#stopTyping();
    this.#options.onNews(events, this.state.loaded);
  }

  async #reset(): Promise<Snapshot> {
    const { ticket, messages, requests } = await this.#options.api.snapshot(this.ticketId);
    this.set({ thread: threadFrom(ticket, messages, requests), loaded: true });
    return {
      lastSeq: ticket.seq,
      clientMessageIds: messages.flatMap(({ clientMessageId }) => clientMessageId ?? []),
    };
  }

  #onStream(stream: StreamState, reason?: Failure): void {
    const loaded = this.state.loaded || stream === 'live';
    this.set({ stream, reason, loaded });
  }

  #onTyping({ actor, isTyping }: TypingPayload): void {
    if (actor.type !== 'admin') return;
    this.#stopTyping();
    if (!isTyping) return;
    this.set({ typing: actor.name ?? '' });
    this.#typing = setTimeout(() => this.#stopTyping(), TYPING_MS);
  }

  #stopTyping(): void {
    clearTimeout(this.#typing);
    this.set({ typing: undefined });
  }
}

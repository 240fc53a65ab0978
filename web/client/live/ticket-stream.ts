import type { TicketEventPayload } from '../../../src/contract/events/event-payload.js';
import type { Channel } from '../../../src/contract/ticket-fields.js';
import type { TypingPayload, Viewer } from '../../../src/contract/socket-events.js';
import { Failure, fieldsOf, asFailure } from '../failure.js';
import { TicketSync, type StreamContext, type StreamState } from './ticket-sync.js';
import { Outbox, type Draft } from './outbox.js';
import { OutboxStore, type OutboxEntry, type OutboxStorage } from './outbox-store.js';
import { ReadMarker, TypingSignal } from './signals.js';
import { isTypingPayload, storedMessageFrom, viewersFrom } from './wire.js';

/** What the owner has loaded by itself. */
export interface Snapshot {
  /** It contains every event up to this one, counted in the owner's own stream. */
  readonly lastSeq?: number;
  /** The client ids of its messages, so that none is shown both there and in the outbox. */
  readonly clientMessageIds?: Iterable<string>;
}

export interface StreamOptions<E extends TicketEventPayload = TicketEventPayload> extends Snapshot {
  /** The donor, where nobody is signed in: proves nothing, but must match the ticket. */
  readonly donorId?: string;
  /** Who writes; goes with messages sent by REST, and keeps the outboxes of different people apart. */
  readonly sender?: { readonly senderId: string; readonly senderType: 'donor' | 'admin' };
  /** What the client is: `widget`, `dashboard`, or `api` when left out. Goes with messages. */
  readonly channel?: Channel;
  /** Keeps unsent messages over a reload, for example `localStorage`. */
  readonly storage?: OutboxStorage;
  /** Shows this member of staff to the others as looking at the ticket. */
  readonly viewing?: boolean;
  /** New events: in order, without a gap, each once. The outbox no longer holds the messages among them. */
  readonly onEvents: (events: readonly E[]) => void;
  /** Too much was missed: load a fresh snapshot and answer it; events go on after it. A throw is retried. */
  readonly onReset: (seq: number) => Promise<Snapshot | undefined>;
  readonly onState?: (state: StreamState, reason?: Failure) => void;
  /** Own messages that the events do not show yet, to be listed after them. */
  readonly onOutbox?: (entries: readonly OutboxEntry[]) => void;
  readonly onTyping?: (typing: TypingPayload) => void;
  readonly onViewers?: (viewers: readonly Viewer[]) => void;
}

/** One ticket, followed and written to. Opened by `connection.ticket()`. */
export class TicketStream<E extends TicketEventPayload = TicketEventPayload> {
  readonly ticketId: string;
  readonly #options: StreamOptions<E>;
  readonly #context: StreamContext<E>;
  readonly #onClose: (stream: TicketStream<E>) => void;
  readonly #sync: TicketSync<E>;
  readonly #outbox: Outbox;
  readonly #typing: TypingSignal;
  readonly #readMarker: ReadMarker;

  constructor(
    ticketId: string,
    options: StreamOptions<E>,
    context: StreamContext<E>,
    onClose: (stream: TicketStream<E>) => void,
  ) {
    this.ticketId = ticketId;
    this.#options = options;
    this.#context = context;
    this.#onClose = onClose;
    this.#typing = new TypingSignal((isTyping) => this.#cast('ticket:typing', { isTyping }), context.timing);
    this.#readMarker = new ReadMarker((upToSeq) => this.#report({ upToSeq }), context.onProblem);
    this.#sync = this.#follow();
    this.#outbox = this.#openOutbox();
  }

  get state(): StreamState {
    return this.#sync.state;
  }

  /** Why the state is not `live`, as far as a failure is the cause. */
  get reason(): Failure | undefined {
    return this.#sync.reason;
  }

  /** The newest event handed to `onEvents`. */
  get lastSeq(): number {
    return this.#sync.lastSeq;
  }

  get outbox(): readonly OutboxEntry[] {
    return this.#outbox.entries;
  }

  /** Puts a message in the outbox and answers its client id; what becomes of it shows there and in the events. */
  send(content: string, options: Partial<Omit<Draft, 'content'>> = {}): string {
    const clientMessageId = options.clientMessageId ?? newId();
    this.#outbox.send({ clientMessageId, content, attachmentIds: options.attachmentIds });
    return clientMessageId;
  }

  /** Sends a failed message again. */
  retry(clientMessageId: string): void {
    this.#outbox.retry(clientMessageId);
  }

  /** Gives a message up. If an attempt already reached the server, its event will still come. */
  discard(clientMessageId: string): void {
    this.#outbox.discard(clientMessageId);
  }

  /** To be called at every key, and with `false` when the field is emptied. */
  typing(isTyping: boolean): void {
    this.#typing.set(isTyping);
  }

  /** Everything up to this event has been seen by the user. */
  markRead(upToSeq: number): void {
    this.#readMarker.set(upToSeq);
  }

  /** Tries again after `failed`. */
  resume(): void {
    this.#sync.resume();
    this.#outbox.resume();
  }

  /** Stops following; unsent messages stay in the storage. */
  close(): void {
    this.#typing.set(false);
    this.#sync.close();
    this.#outbox.close();
    this.#onClose(this);
  }

  /** For the connection: the owner holds the stream now. */
  start(): void {
    if (this.outbox.length) this.#tell(this.#options.onOutbox, this.outbox);
    this.linkChanged();
  }

  /** For the connection: an event of this ticket's log arrived. */
  receive(event: E): void {
    this.#sync.receive(event);
  }

  /** For the connection: one of the events that are in no log. */
  receiveSignal(name: string, payload: Readonly<Record<string, unknown>>): void {
    if (name === 'ticket:typing' && isTypingPayload(payload)) this.#tell(this.#options.onTyping, payload);
    if (name === 'ticket:viewers') this.#tell(this.#options.onViewers, viewersFrom(payload));
    if (name !== 'ticket:head') return;
    this.#sync.sawHead(Number(payload.seq));
    this.#announce();
  }

  /** For the connection: the socket's state changed. */
  linkChanged(): void {
    this.#sync.linkChanged();
  }

  /** For the connection: the page came to the front or the network returned. */
  wake(): void {
    this.#sync.wake();
    this.#outbox.resume();
  }

  #follow(): TicketSync<E> {
    const { donorId, lastSeq = 0, onState } = this.#options;
    return new TicketSync(
      {
        ticketId: this.ticketId,
        donorId,
        lastSeq,
        onEvents: (events) => {
          this.#settle(events.map((event) => 'clientMessageId' in event && event.clientMessageId));
          this.#tell(this.#options.onEvents, events);
        },
        onReset: (seq) => this.#reset(seq),
        onJoined: () => {
          this.#announce();
          this.#typing.repeat();
          this.#outbox.resume();
        },
        onState: (state, reason) => {
          this.#tell(() => onState?.(state, reason), undefined);
          if (state === 'degraded') this.#outbox.resume();
        },
      },
      this.#context,
    );
  }

  #openOutbox(): Outbox {
    const { sender, donorId, storage, clientMessageIds, onOutbox } = this.#options;
    const key = `concierge:outbox:${sender?.senderId ?? donorId ?? ''}:${this.ticketId}`;
    return new Outbox({
      store: new OutboxStore(storage, key, this.#context.onProblem),
      timing: this.#context.timing,
      known: new Set(clientMessageIds),
      last: () => this.lastSeq,
      deliver: (entry) => this.#deliver(entry),
      onChange: (entries) => this.#tell(onOutbox, entries),
    });
  }

  async #reset(seq: number): Promise<number | undefined> {
    const snapshot = await this.#options.onReset(seq);
    this.#outbox.settle(new Set(snapshot?.clientMessageIds), snapshot?.lastSeq ?? seq);
    return snapshot?.lastSeq;
  }

  #settle(clientMessageIds: Iterable<unknown>): void {
    this.#outbox.settle(new Set(clientMessageIds), this.lastSeq);
  }

  /** Over the socket if that answers, else by REST; the server knows the message again by its client id. */
  async #deliver({ clientMessageId, content, attachmentIds }: OutboxEntry): Promise<number | undefined> {
    const {
      donorId,
      channel,
      sender = donorId && { senderId: donorId, senderType: 'donor' },
    } = this.#options;
    const body = {
      ...(sender && { senderId: sender.senderId }),
      content,
      clientMessageId,
      attachmentIds,
      channel,
    };
    const answer = await this.#sendBySocket(body);
    if (answer) return storedMessageFrom(fieldsOf(answer).message).seq;
    const stored = await this.#context.http.postMessage(this.ticketId, { ...sender, ...body });
    // Without a socket no event will announce it.
    if (stored.seq && !this.#sync.joined) this.#sync.sawHead(stored.seq);
    return stored.seq;
  }

  async #sendBySocket(body: object): Promise<unknown> {
    if (!this.#sync.joined) return undefined;
    try {
      return await this.#context.link.request('message:send', { ticketId: this.ticketId, ...body });
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'TIMEOUT' || failure.code === 'OFFLINE') return undefined;
      throw failure;
    }
  }

  #report(body: object): Promise<unknown> {
    if (!this.#sync.joined) return Promise.reject(new Failure('OFFLINE', 'No connection.', true));
    return this.#context.link.request('message:read', { ticketId: this.ticketId, ...body });
  }

  /** What the server may have forgotten since it was last told. */
  #announce(): void {
    if (this.#options.viewing) this.#cast('ticket:viewing', {});
    void this.#readMarker.flush();
  }

  #cast(event: string, body: object): void {
    if (this.#sync.joined) this.#context.link.cast(event, { ticketId: this.ticketId, ...body });
  }

  /** An owner's mistake must not cost it the events that follow. */
  #tell<T>(listener: ((value: T) => void) | undefined, value: T): void {
    try {
      listener?.(value);
    } catch (error) {
      this.#context.onProblem(error);
    }
  }
}

/** A random UUID, also on plain http, where `crypto.randomUUID` is missing. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

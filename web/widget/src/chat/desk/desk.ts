import type { TicketEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { asFailure } from '../../../../client/failure.js';
import { createConnection, type Connection } from '../../../../client/live/connection.js';
import { isLogEvent } from '../../../../client/live/wire.js';
import { CallDesk } from './call-desk.js';
import { Conversation } from './conversation.js';
import { DonorApi } from '../data/donor-api.js';
import type { Visitor } from '../../loader/chat-host.js';
import type { DeskOptions } from './desk-options.js';
import type { Place } from '../data/device-store.js';
import { newRequestKey, Session, type TabChange } from '../data/session.js';
import type { DeskState } from './desk-state.js';
import { newTicket, type Draft } from './new-ticket.js';
import { Store } from '../data/store.js';
import { isOver } from '../data/is-over.js';
import type { Ticket } from '../data/thread.js';
import { isFromStaff, UnreadMessages } from '../data/unread.js';

/** Everything that happens tells a ticket's place in its stream by one of these. */
const NEWS = [
  'message',
  'ticket:status',
  'ticket:assigned',
  'ticket:transferred',
  'call:started',
  'call:ended',
] as const;

/** The donor's side of the desk: who they are, their tickets, and the one they look at. */
export class Desk extends Store<DeskState> {
  readonly session: Session;
  readonly api: DonorApi;
  readonly calls: CallDesk;
  readonly draft: Draft;
  /** It is known how this tab left the page before. */
  readonly isBack: boolean;
  readonly #options: DeskOptions;
  readonly #conversations = new Map<string, Conversation>();
  #connection?: Connection;
  #requestKey = newRequestKey();
  readonly #unread: UnreadMessages;
  readonly #unwatch: () => void;
  /** Whether the donor can see the panel now: what they see is not unread. */
  #visible = false;

  constructor(options: DeskOptions) {
    const session = new Session(options.origin, options.visitor);
    super({
      place: { name: 'home' },
      tickets: session.token === undefined ? [] : undefined,
      signedOut: false,
      forgotten: options.forgotten,
      unread: new Map(),
    });
    this.#options = options;
    this.session = session;
    this.#unread = new UnreadMessages(session);
    this.isBack = session.store.left !== undefined;
    this.api = new DonorApi(options.origin, () => session.token);
    this.calls = new CallDesk(options.root, this.api, () => this.connection);
    this.#unwatch = session.watch((change, ticketId) => this.#onOtherTab(change, ticketId));
    const { name, email } = session;
    this.draft = { name, email, category: '', message: '', phone: '', mode: 'text' };
  }

  get connection(): Connection {
    return (this.#connection ??= this.#connect());
  }

  /**
   * Finds the conversations of this browser, and goes to where the donor was when this tab left the page before, else to the
   * conversation that was open last.
   */
  async start(): Promise<void> {
    const { session, calls } = this;
    calls.wasIn(session.store.left);
    await this.refresh();
    const { ticketId = '', store } = session;
    const last = store.left?.place ?? { name: 'ticket', ticketId };
    const isThere = last.name !== 'ticket' || this.#ticket(last.ticketId);
    if (isThere && this.state.place.name === 'home' && last.name !== 'home') this.go(last);
    else this.#followNewest();
  }

  /** The page is left. */
  leave(): void {
    const { ticketId, callId } = this.calls.state;
    const { place } = this.state;
    const open = this.#visible;
    if (callId !== undefined && ticketId !== undefined)
      this.session.store.left = { open, place: { name: 'ticket', ticketId }, callId };
    else if (open) this.session.store.left = { open, place };
  }

  async refresh(): Promise<void> {
    if (this.session.token === undefined) return;
    this.set({ listFailure: undefined });
    try {
      const [tickets] = await Promise.all([this.api.tickets(), this.#unread.learn(this.api.unread())]);
      this.set({ tickets });
      this.#count();
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'UNAUTHORIZED') this.#signOut();
      else this.set({ listFailure: failure });
    }
  }

  go(place: Place): void {
    const back = this.state.place.name === 'ticket' && place.name === 'home';
    if (place.name === 'form') this.edit({ mode: place.mode ?? 'text' });
    this.set({ place });
    this.session.store.left = undefined;
    if (this.session.token !== undefined)
      this.session.keep({ ticketId: place.name === 'ticket' ? place.ticketId : undefined });
    this.#arrive();
    if (back) void this.refresh();
  }

  /** The panel was opened or closed. */
  show(visible: boolean): void {
    this.#visible = visible;
    this.session.store.left = undefined;
    this.#arrive();
  }

  conversation(ticketId: string): Conversation | undefined {
    const known = this.#conversations.get(ticketId);
    const ticket = known ? undefined : this.#ticket(ticketId);
    if (!ticket) return known;
    const conversation = new Conversation({
      ticket,
      connection: this.connection,
      api: this.api,
      storage: this.session.store,
      onNews: (events, live) => this.#onNews(conversation, events, live),
    });
    this.#conversations.set(ticketId, conversation);
    return conversation;
  }

  /** Opens a ticket with what is in the form. Throws a `Failure`; trying again cannot open a second one. */
  async create(): Promise<void> {
    const { draft, session } = this;
    const {
      call: _call,
      donorToken,
      ...ticket
    } = await session.alone(async () => {
      const created = await this.api.create(
        newTicket(draft, session, this.#options.locale),
        this.#requestKey,
      );
      session.keep({
        ...(created.donorToken !== undefined && { token: created.donorToken }),
        donorId: created.donorId,
        email: draft.email.trim(),
        name: draft.name.trim(),
      });
      return created;
    });
    session.setSeen(ticket.id, ticket.seq);
    this.#requestKey = newRequestKey();
    Object.assign(draft, { category: '', message: '', phone: '', mode: 'text' });
    this.set({ tickets: [ticket, ...(this.state.tickets ?? [])], signedOut: false, forgotten: false });
    this.#options.onTicket({ id: ticket.id, number: ticket.number });
    this.go({ name: 'ticket', ticketId: ticket.id });
  }

  /** Asks who is there. Without an answer all stays as it is. */
  askOpening(): void {
    import('./opening.js')
      .then(({ readOpening }) => readOpening(this.#options.origin))
      .then((opening) => this.set({ opening }))
      .catch(() => undefined);
  }

  /** A change of the form is another request. */
  edit(change: Partial<Draft>): void {
    Object.assign(this.draft, change);
    this.#requestKey = newRequestKey();
  }

  /** The page says more of the same person, or has a newer token: the person who is writing goes on. */
  renew(visitor: Visitor): void {
    const { session, draft } = this;
    session.renew(visitor);
    draft.name ||= session.name;
    draft.email ||= session.email;
    this.set({});
    void this.#connection?.authorize();
  }

  /** Nothing of theirs is to stay on this device. */
  forget(): void {
    this.#options.onLeave('forget');
  }

  close(): void {
    this.#unwatch();
    this.session.close();
    this.calls.close();
    for (const conversation of this.#conversations.values()) conversation.close();
    this.#connection?.close();
  }

  #onOtherTab(change: TabChange, ticketId: string): void {
    if (change === 'forgotten' || change === 'person') this.#options.onLeave(change);
    else if (change === 'token' || !this.#ticket(ticketId))
      void this.refresh().then(() => this.#followNewest());
    else this.#count();
  }

  #connect(): Connection {
    const connection = createConnection({ url: this.#options.origin, token: () => this.session.token });
    for (const name of NEWS) connection.on(name, (event) => isLogEvent(event) && this.#hear(event));
    return connection;
  }

  /** The server tells a donor of all their tickets as soon as one of them is followed. */
  #followNewest(): void {
    const open = this.state.tickets?.find(({ status }) => !isOver(status));
    if (open) this.conversation(open.id);
  }

  /** In the conversation that the donor sees from now on. */
  #arrive(): void {
    const { place } = this.state;
    const conversation = place.name === 'ticket' ? this.conversation(place.ticketId) : undefined;
    if (!conversation || !this.#visible) return;
    conversation.seenBefore = this.session.seen(conversation.ticketId);
    this.#look(conversation.ticketId);
  }

  #look(ticketId: string): void {
    const conversation = this.conversation(ticketId);
    if (!conversation || !this.#visible) return;
    this.session.setSeen(ticketId, Math.max(conversation.lastSeq, this.#ticket(ticketId)?.seq ?? 0));
    conversation.markRead();
    this.#count();
  }

  #hear(event: TicketEventPayload): void {
    const tickets = this.state.tickets?.map((ticket) =>
      ticket.id === event.ticketId
        ? {
            ...ticket,
            seq: Math.max(ticket.seq, event.seq),
            updatedAt: event.at,
            ...(event.type === 'ticket.status_changed' && { status: event.to }),
          }
        : ticket,
    );
    if (tickets)
      this.set({ tickets: tickets.sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1)) });
    this.#unread.hear(event);
    this.#count();
  }

  #onNews(conversation: Conversation, events: readonly TicketEventPayload[], live: boolean): void {
    const { place } = this.state;
    const { ticketId } = conversation;
    if (place.name === 'ticket' && place.ticketId === ticketId) this.#look(ticketId);
    this.calls.onThread(conversation.state.thread);
    const { call } = conversation.state.thread;
    this.#options.onRing(
      call?.ringing === true && this.calls.state.callId !== call.id ? ticketId : undefined,
    );
    if (!live) return;
    for (const event of events) {
      if (!isFromStaff(event)) continue;
      this.#options.onMessage({ ticketId, text: event.content });
      // Who writes is there.
      this.askOpening();
    }
  }

  #count(): void {
    const unread = this.#unread.all;
    this.set({ unread });
    this.#options.onUnread([...unread.values()].reduce((sum, { count }) => sum + count, 0));
  }

  #ticket(ticketId: string): Ticket | undefined {
    return this.state.tickets?.find(({ id }) => id === ticketId);
  }

  #signOut(): void {
    this.session.forgetToken();
    for (const conversation of this.#conversations.values()) conversation.close();
    this.#conversations.clear();
    this.#connection?.close();
    this.#connection = undefined;
    this.set({ tickets: [], signedOut: true, place: { name: 'home' } });
    this.#unread.forget();
    this.#count();
  }
}

/**
 * What came for the donor while they were on other pages, told beside the launcher before the chat is loaded. The loader
 * imports it only where this browser keeps something; it works until the chat is there.
 */
import type { Left } from '../chat/data/device-store.js';
import { Session } from '../chat/data/session.js';
import type { ChatHost } from '../loader/chat-host.js';
import { safeStorage, tabStorage } from '../../../shared/safe-storage.js';
import { Bubble } from './bubble.js';
import { NewsWords } from './news-words.js';
import { openCall, unreadTickets, type UnreadTicket } from './unread-tickets.js';

let current: News | undefined;

/** Looks for the person who is there now. */
export function look(host: ChatHost): void {
  stop();
  current = new News(host);
  void current.start();
}

/** The chat takes over, or the widget leaves the page. */
export function stop(): void {
  current?.close();
  current = undefined;
}

class News {
  readonly #host: ChatHost;
  readonly #session: Session;
  readonly #words: NewsWords;
  readonly #bubble: Bubble;
  readonly #ends = new AbortController();
  #tickets: readonly UnreadTicket[] = [];
  #call?: Left;

  constructor(host: ChatHost) {
    this.#host = host;
    this.#session = new Session(host.origin, host.settings.visitor);
    this.#words = new NewsWords(host.settings.locale);
    this.#bubble = new Bubble(host, this.#words);
  }

  async start(): Promise<void> {
    const { left } = this.#session.store;
    if (left?.open) {
      this.#host.onOpen(true);
      return;
    }
    const { signal } = this.#ends;
    const unwatch = this.#session.watch((change) => {
      if (change === 'ticket') this.#show();
      else void this.#ask();
    });
    signal.addEventListener('abort', unwatch);
    // Somebody comes back to this tab.
    const onVisible = () => void (document.visibilityState === 'visible' && this.#ask());
    document.addEventListener('visibilitychange', onVisible, { signal });
    await Promise.all([this.#ask(), left && this.#askForCall(left)]);
  }

  close(): void {
    this.#ends.abort();
    this.#session.close();
    this.#bubble.hide();
  }

  async #ask(): Promise<void> {
    const token = this.#token;
    const tickets = token === undefined ? [] : await unreadTickets(this.#host.origin, token);
    if (tickets) this.#tickets = tickets;
    this.#show();
  }

  /** A call goes on for a while without the donor. */
  async #askForCall(left: Left): Promise<void> {
    const token = this.#token;
    if (token === undefined || left.place.name !== 'ticket') return;
    const callId = await openCall(this.#host.origin, token, left.place.ticketId);
    if (callId === undefined || callId !== left.callId) return;
    this.#call = left;
    this.#show();
  }

  /** Of a donor with a conversation here; of whom the page proves to be there, more than the token has to tell of one. */
  get #token(): string | undefined {
    const { token, visitor, store } = this.#session;
    const keeps = visitor.token === undefined || safeStorage.keys().some((key) => key.startsWith(store.name));
    return keeps ? token : undefined;
  }

  #show(): void {
    if (this.#ends.signal.aborted) return;
    const unread = this.#tickets
      .filter(({ ticketId, seq }) => seq > this.#session.seen(ticketId))
      .sort((one, other) => (one.lastMessage.at < other.lastMessage.at ? 1 : -1));
    const [latest] = unread;
    const name = latest?.lastMessage.senderName ?? this.#words.say('team');
    const count = (sum: number) => this.#words.say('unread', { count: sum });
    this.#host.onWords({ unread: (sum) => `${count(sum)}, ${this.#words.say('lastFrom', { name })}` });
    const all = unread.reduce((sum, one) => sum + one.count, 0);
    this.#host.onUnread(all);
    if (this.#call) this.#offer(this.#call);
    else if (latest && tabStorage.getItem(this.#dismissed) !== latest.lastMessage.at)
      this.#preview(latest, name, count(all));
    else this.#bubble.hide();
  }

  #preview({ ticketId, lastMessage: { text, at } }: UnreadTicket, title: string, name: string): void {
    this.#bubble.show({
      name,
      title,
      text: text ?? undefined,
      onOpen: () => this.#open({ open: true, place: { name: 'ticket', ticketId } }),
      onDismiss: () => tabStorage.setItem(this.#dismissed, at),
    });
  }

  #offer(left: Left): void {
    const title = this.#words.say('callRunning');
    this.#bubble.show({
      name: title,
      title,
      action: this.#words.say('callReturn'),
      onOpen: () => this.#open({ ...left, rejoin: true }),
      onDismiss: () => {
        this.#call = undefined;
        this.#show();
      },
    });
  }

  /** The chat goes on from what this tab knows of the page before. */
  #open(left: Left): void {
    this.#session.store.left = left;
    this.#host.onOpen(false);
  }

  /** Where this tab remembers the message whose beginning somebody did not want to see any longer. */
  get #dismissed(): string {
    return `${this.#session.store.name}dismissed`;
  }
}

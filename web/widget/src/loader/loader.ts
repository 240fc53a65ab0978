/**
 * widget.js: what a charity puts into its page. docs/widget.md has every attribute, method and event.
 *
 *   <script src="https://desk.example/widget.js" async data-email="…" data-locale="de" data-color="#7a1f5c"></script>
 *
 * It draws a button, and until that is used asks for nothing and stores nothing. On later pages it asks what is new.
 *
 *   window.Concierge ??= [];                                           // works before and after widget.js has arrived
 *   Concierge.push(['identify', { donorId, email, name, token }]);
 */
import type { Call, ConciergeApi, EventDetails, InitSettings, Visitor as Said, WidgetEvent } from './api.js';
import type { ChatHost, ChatModule, ChatPanel, NewsModule, Settings, Visitor } from './chat-host.js';
import { Launcher } from './launcher.js';
import { baseOf, deskOf, ownScript } from './page-script.js';
import { settingsOf, visitorOf } from './settings.js';

/** Set by the build: the entries of the chat and of the news, seen from widget.js. */
declare const __CHAT_PATH__: string;
declare const __NEWS_PATH__: string;

type Listener = (detail?: unknown) => void;

const SAY_WHICH =
  'Concierge: add data-origin="https://your-desk" to its script tag, or call Concierge.init({ url }).';

class Widget implements ConciergeApi {
  readonly #listeners = new Map<WidgetEvent, Set<Listener>>();
  #base?: URL;
  #launcher?: Launcher;
  #settings = settingsOf({});
  #panel?: Promise<ChatPanel>;
  #news?: Promise<NewsModule>;
  #isOpen = false;
  #tries = 0;

  init({ url, ...said }: InitSettings): void {
    const base = deskOf(url);
    if (!base) reportError(new Error(`${SAY_WHICH} This is no address: ${url}`));
    else if (!this.#launcher) this.#start(base, settingsOf({ ...this.#settings.visitor, ...said }));
  }

  get isStarted(): boolean {
    return this.#launcher !== undefined;
  }

  async open(isBack = false): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const launcher = this.#launcher;
    // Without a desk it opens when `init` has named one.
    if (!launcher) return;
    launcher.set({ busy: true, failed: false });
    try {
      const panel = await (this.#panel ??= this.#load(launcher));
      launcher.set({ busy: false });
      this.#show(launcher, panel, isBack);
    } catch (error) {
      this.#panel = undefined;
      this.#tries++;
      this.#isOpen = false;
      launcher.set({ busy: false, failed: true });
      reportError(error);
    }
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const launcher = this.#launcher;
    if (!launcher) return;
    launcher.set({ open: false });
    void this.#panel?.then((panel) => panel.close());
    launcher.focus();
    this.#emit('close');
  }

  identify(said: Said | null): void {
    const visitor = visitorOf(said);
    // Somebody left whose chat was not opened here: what other pages kept of them is the chat's to take away.
    if (this.#launcher && isKnown(this.#settings.visitor) && !isKnown(visitor) && keepsSomething())
      this.#panel ??= this.#load(this.#launcher);
    this.#settings = { ...this.#settings, visitor };
    if (this.#panel) void this.#panel.then((panel) => panel.identify(visitor));
    else this.#look();
  }

  on<Event extends WidgetEvent>(event: Event, listener: (detail: EventDetails[Event]) => void): () => void {
    const known = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, known.add(listener as Listener));
    if (event === 'ready' && this.#launcher) (listener as Listener)();
    return () => known.delete(listener as Listener);
  }

  push(...calls: Call[]): void {
    for (const [method, ...args] of calls)
      try {
        (this[method] as (...given: unknown[]) => unknown)(...args);
      } catch (error) {
        reportError(error);
      }
  }

  destroy(): void {
    this.#launcher?.remove();
    void this.#panel?.then((panel) => panel.destroy());
    void this.#news?.then(({ stop }) => stop());
    this.#listeners.clear();
    this.#launcher = this.#panel = this.#news = undefined;
    this.#isOpen = false;
    this.#settings = settingsOf({});
  }

  #start(base: URL, settings: Settings): void {
    this.#base = base;
    this.#settings = settings;
    this.#launcher = new Launcher(settings, () => {
      if (this.#isOpen) this.close();
      else void this.open();
    });
    // Somebody followed a link from an email: the chat takes it from there.
    if (this.#isOpen || location.hash.startsWith('#concierge=')) {
      this.#isOpen = false;
      void this.open();
    } else this.#look();
    this.#emit('ready');
  }

  /** Unless it was closed again, or taken away, while the chat was loading. */
  #show(launcher: Launcher, panel: ChatPanel, isBack: boolean): void {
    if (!this.#isOpen || launcher !== this.#launcher) return;
    launcher.set({ open: true });
    panel.open(isBack);
    this.#emit('open');
  }

  /** What came for the donor since the last page; asks nothing where no page has kept anything. */
  #look(): void {
    if (!this.#launcher || !keepsSomething()) return;
    const host = this.#host(this.#launcher);
    this.#news ??= this.#import<NewsModule>(__NEWS_PATH__);
    this.#news.then(({ look }) => look(host)).catch(reportError);
  }

  async #load(launcher: Launcher): Promise<ChatPanel> {
    const host = this.#host(launcher);
    void this.#news?.then(({ stop }) => stop());
    const { start } = await this.#import<ChatModule>(__CHAT_PATH__);
    return start(host);
  }

  /** Browsers may remember a failed import by its address, so each further try has another one. */
  #import<Module>(path: string): Promise<Module> {
    const { href } = new URL(path + (this.#tries ? `?${this.#tries}` : ''), this.#base);
    return import(/* @vite-ignore */ href) as Promise<Module>;
  }

  #host(launcher: Launcher): ChatHost {
    return {
      root: launcher.root,
      origin: new URL('.', this.#base).href.slice(0, -1),
      settings: this.#settings,
      onWords: (words) => launcher.set({ words }),
      onOpen: (isBack) => void this.open(isBack),
      onClose: () => this.close(),
      onUnread: (count) => {
        launcher.set({ unread: count });
        this.#emit('unread', count);
      },
      onRing: (ringing) => {
        launcher.set({ ringing });
        if (ringing) this.#emit('call');
      },
      onTalk: (talking) => launcher.set({ talking }),
      emit: (event, detail) => this.#emit(event, detail),
    };
  }

  #emit<Event extends WidgetEvent>(event: Event, detail?: EventDetails[Event]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(detail);
  }
}

const isKnown = (visitor: Visitor): boolean => Object.values(visitor).some(Boolean);

/** Whether the chat has kept anything on this site, or in this tab of it. */
function keepsSomething(): boolean {
  try {
    return Object.keys({ ...localStorage, ...sessionStorage }).some((key) => key.startsWith('concierge:'));
  } catch {
    return false;
  }
}

/** What the page has asked for already; an element of that name is none of it. */
const before = window.Concierge as unknown;
// The same script twice, as after a change of pages without a load, is one widget; where that was destroyed it starts again.
const widget =
  before instanceof Object && 'init' in before ? (before as Widget) : (window.Concierge = new Widget());
const script = ownScript();
const base = script && baseOf(script);
if (base) widget.init({ ...script.dataset, url: base.href });
if (Array.isArray(before)) widget.push(...(before as Call[]));
const check = (): void => {
  if (!widget.isStarted) reportError(new Error(SAY_WHICH));
};
// Scripts that come later in the page may still call `init`.
if (document.readyState === 'complete') setTimeout(check);
else addEventListener('load', check, { once: true });

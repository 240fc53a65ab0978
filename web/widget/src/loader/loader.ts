/**
 * widget.js: what a charity puts into its page.
 *
 *   <script src="https://desk.example/widget.js" async data-donor-id="…" data-email="…" data-name="…" data-token="…"
 *           data-locale="de" data-position="left" data-color="#7a1f5c"></script>
 *
 * Every attribute may be missing. It draws a button, and until that is used asks for nothing and stores nothing.
 *
 *   Concierge.open(); Concierge.close();
 *   Concierge.identify({ donorId, email, name, token });   // somebody has signed in on the page; {} when they left
 *   const stop = Concierge.on('message', ({ ticketId, text }) => …);   // also open, close, ticket, unread, call
 */
import type { ChatModule, ChatPanel, Settings, Visitor, WidgetEvent } from './chat-host.js';
import { Launcher } from './launcher.js';
import { settingsOf, visitorOf } from './settings.js';

/** Set by the build: the chat's entry, seen from widget.js. */
declare const __CHAT_PATH__: string;

type Listener = (detail: unknown) => void;

export interface ConciergeApi {
  open(): Promise<void>;
  close(): void;
  identify(visitor: Visitor): void;
  on(event: WidgetEvent, listener: Listener): () => void;
}

declare global {
  interface Window {
    Concierge?: ConciergeApi;
  }
}

class Widget implements ConciergeApi {
  readonly #script: HTMLScriptElement;
  readonly #launcher: Launcher;
  readonly #listeners = new Map<WidgetEvent, Set<Listener>>();
  #settings: Settings;
  #panel?: Promise<ChatPanel>;
  #isOpen = false;
  #tries = 0;

  constructor(script: HTMLScriptElement) {
    this.#script = script;
    this.#settings = settingsOf(script);
    this.#launcher = new Launcher(this.#settings, () => {
      if (this.#isOpen) this.close();
      else void this.open();
    });
  }

  async open(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#launcher.busy = true;
    try {
      const panel = await (this.#panel ??= this.#load());
      this.#launcher.busy = false;
      this.#show(panel);
    } catch (error) {
      this.#panel = undefined;
      this.#isOpen = false;
      this.#launcher.busy = false;
      this.#launcher.fail();
      reportError(error);
    }
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#launcher.open = false;
    void this.#panel?.then((panel) => panel.close());
    this.#launcher.focus();
    this.#emit('close');
  }

  identify(said: Visitor): void {
    const visitor = visitorOf(said);
    // Somebody left whose chat was not opened here: what other pages kept of them is the chat's to take away.
    if (isSignOut(this.#settings.visitor, visitor) && keepsSomething()) this.#panel ??= this.#load();
    this.#settings = { ...this.#settings, visitor };
    void this.#panel?.then((panel) => panel.identify(visitor));
  }

  on(event: WidgetEvent, listener: Listener): () => void {
    const known = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, known.add(listener));
    return () => known.delete(listener);
  }

  /** Unless it was closed again while the chat was loading. */
  #show(panel: ChatPanel): void {
    if (!this.#isOpen) return;
    this.#launcher.open = true;
    panel.open();
    this.#emit('open');
  }

  async #load(): Promise<ChatPanel> {
    const settings = this.#settings;
    const { src } = this.#script;
    // Browsers may remember a failed import by its address, so each further try has another one.
    const { href, origin } = new URL(__CHAT_PATH__ + (this.#tries++ ? `?${this.#tries}` : ''), src);
    const { start } = (await import(/* @vite-ignore */ href)) as ChatModule;
    return start({
      root: this.#launcher.root,
      origin,
      settings,
      onWords: (words) => (this.#launcher.words = words),
      onClose: () => this.close(),
      onUnread: (count) => {
        this.#launcher.unread = count;
        this.#emit('unread', count);
      },
      onRing: (ringing) => {
        this.#launcher.ringing = ringing;
        if (ringing) this.#emit('call');
      },
      onTalk: (talking) => (this.#launcher.talking = talking),
      emit: (event, detail) => this.#emit(event, detail),
    });
  }

  #emit(event: WidgetEvent, detail?: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(detail);
  }
}

const isKnown = (visitor: Visitor): boolean => Object.values(visitor).some(Boolean);

function isSignOut(before: Visitor, now: Visitor): boolean {
  return isKnown(before) && !isKnown(now);
}

/** Whether the chat has kept anything on this site. */
function keepsSomething(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith('concierge:widget:'));
  } catch {
    return false;
  }
}

const { currentScript } = document;
if (currentScript instanceof HTMLScriptElement) {
  window.Concierge ??= new Widget(currentScript);
  // Somebody followed a link by mail: the chat takes it from there.
  if (location.hash.startsWith('#concierge=')) void window.Concierge.open();
}

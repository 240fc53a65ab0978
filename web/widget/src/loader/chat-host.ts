// What the loader and the chat know of each other. Types only: the loader must stay small.
import type { EventDetails, WidgetEvent } from './api.js';

/** Who the page says is there; everything may be missing. */
export interface Visitor {
  readonly donorId?: string;
  readonly email?: string;
  readonly name?: string;
  /** A token of the charity's own backend, or a donor token: proves who it is. */
  readonly token?: string;
}

export interface Settings {
  readonly visitor: Visitor;
  readonly locale?: string;
  readonly position: 'left' | 'right';
  /** `#rgb` or `#rrggbb`. */
  readonly color?: string;
  readonly hideLauncher: boolean;
}

/** What the launcher says once there is something to say. */
export interface LauncherWords {
  readonly unread: (count: number) => string;
}

/** What it says once the chat is there. */
export interface ChatWords extends LauncherWords {
  readonly close: string;
  readonly call: string;
  readonly talking: string;
}

export interface ChatHost {
  readonly root: ShadowRoot;
  /** Where the desk is, without a slash at its end. */
  readonly origin: string;
  readonly settings: Settings;
  readonly onWords: (words: LauncherWords & Partial<ChatWords>) => void;
  /** Opens the panel; where it only comes back with the page, the keyboard stays where it is. */
  readonly onOpen: (isBack: boolean) => void;
  /** The donor wants the panel away. */
  readonly onClose: () => void;
  readonly onUnread: (count: number) => void;
  /** Whether a call waits for the donor. */
  readonly onRing: (ringing: boolean) => void;
  /** Whether the donor is in a call, also while the panel is closed. */
  readonly onTalk: (talking: boolean) => void;
  readonly emit: <Event extends WidgetEvent>(event: Event, detail?: EventDetails[Event]) => void;
}

export interface ChatPanel {
  open(isBack: boolean): void;
  close(): void;
  identify(visitor: Visitor): void;
  /** Ends connections and calls; what is kept stays. */
  destroy(): void;
}

/** What the chat's chunk exports. */
export interface ChatModule {
  readonly start: (host: ChatHost) => Promise<ChatPanel>;
}

/** What the chunk exports that knows of earlier pages; it works until the chat is loaded. */
export interface NewsModule {
  readonly look: (host: ChatHost) => void;
  readonly stop: () => void;
}

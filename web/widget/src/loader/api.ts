// What a page may ask of the widget. Types only; the package with types for bundlers is made of them.

/** Who the page says is there; everything may be missing. */
export interface Visitor {
  readonly donorId?: string | number | null;
  readonly email?: string | null;
  readonly name?: string | null;
  /** A token of the charity's own backend, or a donor token: proves who it is. */
  readonly token?: string | null;
}

/** What the script tag's attributes say, too. */
export interface InitSettings extends Visitor {
  /** The address of the desk, such as `https://desk.example`. */
  readonly url: string;
  /** `en de fr es ar`; without it the page's `lang`, then the browser's languages. */
  readonly locale?: string;
  readonly position?: 'left' | 'right';
  /** `#rgb` or `#rrggbb`. */
  readonly color?: string;
  /** The page has a button of its own that calls `open`. The widget's shows while a call rings or runs. */
  readonly hideLauncher?: boolean;
}

/** Each event with what its listeners get. */
export interface EventDetails {
  /** The widget is on the page; who listens later hears it as well. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** A conversation was begun. */
  ticket: { readonly id: string; readonly number: string };
  /** Staff have written. */
  message: { readonly ticketId: string; readonly text: string };
  /** How many messages wait to be read. */
  unread: number;
  /** Somebody is waiting for the donor in a call. */
  call: undefined;
}

export type WidgetEvent = keyof EventDetails;

type Method = Exclude<keyof ConciergeApi, 'push'>;
export type Call = {
  [Name in Method]: readonly [method: Name, ...args: Parameters<ConciergeApi[Name]>];
}[Method];

export interface ConciergeApi {
  /** Starts the widget where no script tag does, and again after `destroy`. */
  init(settings: InitSettings): void;
  open(): Promise<void>;
  close(): void;
  /** Somebody has signed in on the page, or with `{}` has left: nothing of them stays. */
  identify(visitor: Visitor | null): void;
  /** Answers how to stop listening. */
  on<Event extends WidgetEvent>(event: Event, listener: (detail: EventDetails[Event]) => void): () => void;
  /** Calls methods by name: the form that also works before widget.js has arrived. */
  push(...calls: Call[]): void;
  /** Takes the widget off the page; what is stored stays. */
  destroy(): void;
}

declare global {
  interface Window {
    Concierge?: ConciergeApi | Call[];
  }
}

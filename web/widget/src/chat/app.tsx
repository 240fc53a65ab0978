import { useLayoutEffect, useRef } from 'preact/hooks';
import { direction, locale } from '../words.js';
import type { Desk } from './desk.js';
import { Home } from './home.js';
import { Store, useStore } from './store.js';
import { TicketForm } from './ticket-form.js';
import { TicketView } from './ticket-view.js';

/** Below this the panel fills the window, in px; chat.css says the same. */
const NARROW = '(max-width: 479.98px)';
const FOCUSABLE = 'button, input, textarea, select, [tabindex="0"]';

/** Whether the panel is open. */
export class Shell extends Store<{ readonly open: boolean }> {
  constructor() {
    super({ open: false });
  }

  show(open: boolean): void {
    this.set({ open });
  }
}

interface AppProps {
  readonly desk: Desk;
  readonly shell: Shell;
  readonly onClose: () => void;
}

export function App({ desk, shell, onClose }: AppProps) {
  const { open } = useStore(shell);
  const { place } = useStore(desk);
  const panel = useRef<HTMLDivElement>(null);
  const key = place.name === 'ticket' ? place.ticketId : place.name;
  useFocus(panel, open, key);
  const isNarrow = matchMedia(NARROW).matches;
  return (
    <div
      class="panel"
      ref={panel}
      role="dialog"
      aria-modal={isNarrow}
      aria-labelledby="title"
      dir={direction()}
      lang={locale()}
      hidden={!open}
      onKeyDown={(event) => onKey(event, panel.current, onClose)}
      onKeyUp={(event) => event.stopPropagation()}
      onKeyPress={(event) => event.stopPropagation()}
    >
      <View key={key} desk={desk} onClose={onClose} />
    </div>
  );
}

function View({ desk, onClose }: Omit<AppProps, 'shell'>) {
  const { place } = desk.state;
  const conversation = place.name === 'ticket' ? desk.conversation(place.ticketId) : undefined;
  if (conversation) return <TicketView desk={desk} conversation={conversation} onClose={onClose} />;
  if (place.name === 'form') return <TicketForm desk={desk} onClose={onClose} />;
  return <Home desk={desk} onClose={onClose} />;
}

/** Keyboards follow: to where one writes on wide windows, else to the title, so that no on-screen keyboard springs up. */
function useFocus(panel: { readonly current: HTMLDivElement | null }, open: boolean, place: string): void {
  useLayoutEffect(() => {
    if (!open || !panel.current) return;
    const first = matchMedia(NARROW).matches
      ? null
      : panel.current.querySelector<HTMLElement>('[data-focus]');
    (first ?? panel.current.querySelector<HTMLElement>('#title'))?.focus({ preventScroll: true });
  }, [open, place]);
}

/** Esc closes; on narrow windows Tab stays inside. Keys typed here are none of the page's business. */
function onKey(event: KeyboardEvent, panel: HTMLElement | null, onClose: () => void): void {
  event.stopPropagation();
  if (event.key === 'Escape' && !event.isComposing) onClose();
  if (event.key !== 'Tab' || !panel || !matchMedia(NARROW).matches) return;
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (stop) => stop.offsetParent !== null,
  );
  const root = panel.getRootNode() as ShadowRoot;
  const [first, last] = [stops[0], stops.at(-1)];
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (root.activeElement !== from && stops.includes(root.activeElement as HTMLElement)) return;
  event.preventDefault();
  to?.focus();
}

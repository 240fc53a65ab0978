import { useEffect, useRef } from 'preact/hooks';
import { direction, locale, t } from '../words.js';
import { parts } from './data/parts.js';
import type { Desk } from './desk/desk.js';
import { Home } from './home/home.js';
import { isNarrow, trapTab, usePanelFocus } from './ui/panel-focus.js';
import { Store, useStore } from './data/store.js';
import { TicketView } from './ticket/ticket-view.js';
import { useLoaded } from './ui/use-loaded.js';

/** Who is there may change that often, ms. */
const LOOK_EVERY_MS = 60_000;

/** Whether the panel is open. */
export class Shell extends Store<{ readonly open: boolean }> {
  /** It has come back with the page: the keyboard stays where it is until the donor uses the panel. */
  isBack = false;

  constructor() {
    super({ open: false });
  }

  show(open: boolean, isBack = false): void {
    this.isBack = isBack;
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
  const { place, listFailure } = useStore(desk);
  const panel = useRef<HTMLDivElement>(null);
  const Form = useLoaded('form', place.name === 'form', place, () =>
    import('./home/ticket-form.js').then(({ TicketForm }) => TicketForm),
  );
  const conversation = place.name === 'ticket' ? desk.conversation(place.ticketId) : undefined;
  const isForm = place.name === 'form' && Form !== undefined;
  const key = conversation?.ticketId ?? (isForm ? 'form' : 'home');
  usePanelFocus(panel, shell, key);
  useEffect(() => {
    if (!open) return undefined;
    desk.askOpening();
    const timer = setInterval(() => desk.askOpening(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [desk, open]);
  return (
    <div
      class="panel"
      ref={panel}
      role="dialog"
      aria-modal={isNarrow()}
      aria-labelledby="title"
      dir={direction()}
      lang={locale()}
      hidden={!open}
      onKeyDown={(event) => onKey(event, panel.current, onClose)}
      onKeyUp={(event) => event.stopPropagation()}
      onKeyPress={(event) => event.stopPropagation()}
    >
      {conversation ? (
        <TicketView key={key} desk={desk} conversation={conversation} onClose={onClose} />
      ) : isForm ? (
        <Form desk={desk} onClose={onClose} />
      ) : (
        <Home desk={desk} onClose={onClose} />
      )}
      {!listFailure && <LostParts />}
    </div>
  );
}

/** The page of the site is not ours to load again. */
function LostParts() {
  const again = Object.values(useStore(parts).lost);
  if (!again[0]) return null;
  return (
    <div class="strip failed" role="alert">
      {t('lost')}
      <button type="button" class="button quiet" onClick={() => again.forEach((one) => one())}>
        {t('retry')}
      </button>
    </div>
  );
}

/** Esc closes. Keys typed here are none of the page's business. */
function onKey(event: KeyboardEvent, panel: HTMLElement | null, onClose: () => void): void {
  event.stopPropagation();
  if (event.key === 'Escape') onClose();
  if (event.key === 'Tab' && panel) trapTab(event, panel);
}

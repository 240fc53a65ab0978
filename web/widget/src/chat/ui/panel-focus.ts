import { useLayoutEffect } from 'preact/hooks';

/** Below this the panel fills the window; styles/panel.css says the same. */
const NARROW = '(max-width: 479.98px)';
const STOPS = 'a, summary, button, input, textarea, select, [tabindex="0"]';

interface PanelRef {
  readonly current: HTMLElement | null;
}

export function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}

interface Panel {
  readonly state: { readonly open: boolean };
  /** Nobody has used it yet on this page. */
  isBack: boolean;
}

/** Brings the keyboard to each new view, and back when what had the focus is gone. */
export function usePanelFocus(panel: PanelRef, shell: Panel, place: string): void {
  const { open } = shell.state;
  useLayoutEffect(() => {
    if (open && !shell.isBack && panel.current) focusView(panel.current);
  }, [open, place]);
  useLayoutEffect(() => {
    const { current } = panel;
    if (!current || !open) return undefined;
    let last: EventTarget | null = null;
    const use = () => (shell.isBack = false);
    const remember = ({ target }: Event) => {
      last = target;
      use();
    };
    // Browsers say nothing when the focused element is taken away; without focus, Esc and Tab would be the page's.
    const observer = new MutationObserver(() => {
      if (!(last instanceof HTMLElement) || last.isConnected) return;
      last = null;
      // Anyone who has gone on to the page itself is left alone.
      if (document.activeElement === document.body) focusView(current);
    });
    current.addEventListener('focusin', remember);
    // Not every browser gives the focus to what is pressed.
    current.addEventListener('pointerdown', use);
    observer.observe(current, { childList: true, subtree: true });
    return () => {
      current.removeEventListener('focusin', remember);
      current.removeEventListener('pointerdown', use);
      observer.disconnect();
    };
  }, [open]);
}

/** On narrow windows Tab stays inside. */
export function trapTab(event: KeyboardEvent, panel: HTMLElement): void {
  if (!isNarrow()) return;
  const stops = [...panel.querySelectorAll<HTMLElement>(STOPS)].filter(({ offsetParent }) => offsetParent);
  const { activeElement } = rootOf(panel);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (activeElement !== from && stops.includes(activeElement as HTMLElement)) return;
  event.preventDefault();
  to?.focus();
}

/** To where one writes on wide windows, else to the title, so that no on-screen keyboard springs up. */
function focusView(panel: HTMLElement): void {
  const field = isNarrow() ? null : panel.querySelector<HTMLElement>('[data-focus]');
  (field ?? panel.querySelector<HTMLElement>('#title'))?.focus({ preventScroll: true });
}

function rootOf(panel: HTMLElement): ShadowRoot {
  return panel.getRootNode() as ShadowRoot;
}

import { useEffect } from 'react';

/** Keys count only while nobody is writing, choosing from a menu or asked something. */
export function isShortcut(event: KeyboardEvent): boolean {
  const { target } = event;
  const isTaken =
    target instanceof HTMLElement && target.closest('input, textarea, select, [role="menu"]') !== null;
  const isAsked = document.querySelector('[aria-modal="true"]') !== null;
  return !event.ctrlKey && !event.metaKey && !event.altKey && !isTaken && !isAsked;
}

/** A single key, while nobody writes and no dialog is open. */
export function useShortcut(key: string, enabled: boolean, run: () => void): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== key || event.repeat || !isShortcut(event)) return;
      event.preventDefault();
      run();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
}

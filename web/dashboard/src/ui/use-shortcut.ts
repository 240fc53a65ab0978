import { useEffect } from 'react';
import { isShortcut } from './shortcuts.js';

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

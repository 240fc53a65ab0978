import { useSyncExternalStore } from 'react';

let isNoted = false;
const listeners = new Set<() => void>();

/** Tells the rest of the page whether it already says what is wrong with the connection. */
export function noteTrouble(next: boolean): void {
  isNoted = next;
  for (const listener of listeners) listener();
}

export function useNotedTrouble(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isNoted,
  );
}

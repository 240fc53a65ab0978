import { useSyncExternalStore } from 'react';

const PREFIX = 'concierge:';
const listeners = new Set<() => void>();

/** What this browser keeps under a name; a forbidden or full storage keeps nothing, and says so once, in the console. */
export function readStored(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch (error) {
    reportError(error);
    return null;
  }
}

export function writeStored(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch (error) {
    reportError(error);
  }
  for (const listener of listeners) listener();
}

/** A stored text and how to change it; every component that reads it follows, other tabs included. */
export function useStored(name: string): [string | null, (value: string | null) => void] {
  const value = useSyncExternalStore(subscribe, () => readStored(name));
  return [value, (next) => writeStored(name, next)];
}

/** A stored list; anything that is not one counts as empty. */
export function useStoredList<T>(
  name: string,
  isItem: (value: unknown) => value is T,
): [readonly T[], (list: readonly T[]) => void] {
  const [text, setText] = useStored(name);
  return [parseList(text, isItem), (list) => setText(list.length === 0 ? null : JSON.stringify(list))];
}

function parseList<T>(text: string | null, isItem: (value: unknown) => value is T): T[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isItem) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

import { useSyncExternalStore } from 'react';
import { safeStorage } from '../../../shared/safe-storage.js';

const PREFIX = 'concierge:';
const listeners = new Set<() => void>();

/** What this browser keeps under a name; where storage is forbidden or full, this page keeps it. */
export function readStored(name: string): string | null {
  return safeStorage.getItem(PREFIX + name);
}

export function writeStored(name: string, value: string | null): void {
  if (value === null) safeStorage.removeItem(PREFIX + name);
  else safeStorage.setItem(PREFIX + name, value);
  for (const listener of listeners) listener();
}

/** A stored text and how to change it; every component that reads it follows, other tabs included. */
export function useStored(name: string): [string | null, (value: string | null) => void] {
  const value = useSyncExternalStore(subscribe, () => readStored(name));
  return [value, (next) => writeStored(name, next)];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

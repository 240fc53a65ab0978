import { useEffect, useSyncExternalStore } from 'react';
import { deviceNow } from '../../../../client/clock.js';
import { noteTrouble } from '../../ui/noted-trouble.js';
import { connection } from './live.js';

/** `down`: there is a network, and no way to the server. `slow`: all arrives, but late. */
export interface Trouble {
  readonly kind: 'offline' | 'down' | 'slow' | 'unauthorized';
  /** By the clock of this device. */
  readonly since: string;
}

const listeners = new Set<() => void>();
/** What arrives late. */
const slow = new Set<object>();
let current: Trouble | undefined;
let { state } = connection;
/** When the connection was lost; until there is one, when the page was opened. */
let lostAt = deviceNow();

connection.onState((next) => {
  if (state === 'online') lostAt = deviceNow();
  state = next;
  refresh();
});
addEventListener('online', refresh);
addEventListener('offline', refresh);

/** The one thing that is wrong with the connection, if anything is. */
export function useTrouble(): Trouble | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

/** Says of one part of the page if its news arrive late. */
export function noteSlow(part: object, isSlow: boolean): void {
  if (isSlow) slow.add(part);
  else slow.delete(part);
  refresh();
}

/** The same for as long as a component is there. */
export function useNotedSlow(isSlow: boolean): void {
  useEffect(() => {
    const part = {};
    noteSlow(part, isSlow);
    return () => noteSlow(part, false);
  }, [isSlow]);
}

function refresh(): void {
  const kind = kindNow();
  if (kind === current?.kind) return;
  const since = current?.since ?? new Date(state === 'online' ? deviceNow() : lostAt).toISOString();
  current = kind && { kind, since };
  noteTrouble(current !== undefined);
  for (const listener of listeners) listener();
}

function kindNow(): Trouble['kind'] | undefined {
  if (state === 'unauthorized') return state;
  if (slow.size > 0) return 'slow';
  const isLost = state === 'offline' || (state === 'connecting' && current !== undefined);
  if (!isLost || current?.kind === 'unauthorized') return undefined;
  return navigator.onLine ? 'down' : 'offline';
}

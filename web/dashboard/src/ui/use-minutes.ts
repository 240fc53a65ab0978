import { useSyncExternalStore } from 'react';
import { serverNow } from '../../../client/clock.js';

const MINUTE_MS = 60_000;

const listeners = new Set<() => void>();
let now = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = serverNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = serverNow();
    timer = setInterval(tick, MINUTE_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The server's time in epoch milliseconds, told again every minute: one clock for all that stands on the page. */
export function useMinutes(): number {
  return useSyncExternalStore(subscribe, () => now);
}

import { useSyncExternalStore } from 'react';

const TRIED = 'concierge:reloaded';
/** Names the build that this page is of: the first script carries a hash of everything. */
const BUILD = document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '';

const lost = new WeakSet();
const listeners = new Set<() => void>();
let isDeciding = false;

/** Whether an error says that a part of the page, its code or its words, could not be loaded. */
export const isLost = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && lost.has(error);

/**
 * From now on a page that cannot load a part of itself, as after an upgrade of the server, loads itself again: once for each build
 * and tab, and only while the server answers and nothing would be lost by it. Vite's event: vite.dev/guide/build#load-error-handling.
 */
export function watchLostParts(): void {
  addEventListener('vite:preloadError', ({ payload }) => {
    lost.add(payload);
    if (!isDeciding) void decide();
  });
}

/** Whether it is still open if the page loads itself again. */
export function useIsDeciding(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isDeciding,
  );
}

async function decide(): Promise<void> {
  tell(true);
  if (mayReload() && (await isServed()) && remember()) location.reload();
  else tell(false);
}

function tell(next: boolean): void {
  isDeciding = next;
  for (const listener of listeners) listener();
}

/** Not during a call, and not while somebody writes where no draft is kept: then people say when. */
function mayReload(): boolean {
  const leaving = new Event('beforeunload', { cancelable: true });
  const isFree = dispatchEvent(leaving) && document.querySelector('[aria-modal="true"]') === null;
  return isFree && !reloaded().includes(BUILD);
}

/** Without the server a reload would leave nothing at all. */
async function isServed(): Promise<boolean> {
  try {
    return (await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

/** The builds whose page has loaded itself again in this tab; where a browser forbids to note it, no page does. */
function reloaded(): readonly string[] {
  try {
    return (sessionStorage.getItem(TRIED) ?? '').split(' ');
  } catch {
    return [BUILD];
  }
}

function remember(): boolean {
  try {
    sessionStorage.setItem(TRIED, [...reloaded(), BUILD].join(' '));
    return true;
  } catch {
    return false;
  }
}

/** The little of a browser's window this library looks at; a test or a worker has none of it. */
interface Page {
  readonly document?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & {
    readonly visibilityState: string;
  };
  readonly addEventListener?: EventTarget['addEventListener'];
  readonly removeEventListener?: EventTarget['removeEventListener'];
  readonly reportError?: (error: unknown) => void;
}

/**
 * Calls back when the page comes to the front or the network returns, moments at which a browser may have been
 * asleep and missed something, and when the device says that it has no network. Answers how to stop; does nothing
 * outside a browser.
 */
export function watchPage(onWake: () => void, onNetworkLost: () => void): () => void {
  const page = globalThis as Page;
  const onVisibility = () => {
    if (!isPageHidden()) onWake();
  };
  page.document?.addEventListener('visibilitychange', onVisibility);
  page.addEventListener?.('online', onWake);
  page.addEventListener?.('offline', onNetworkLost);
  return () => {
    page.document?.removeEventListener('visibilitychange', onVisibility);
    page.removeEventListener?.('online', onWake);
    page.removeEventListener?.('offline', onNetworkLost);
  };
}

export function isPageHidden(): boolean {
  return (globalThis as Page).document?.visibilityState === 'hidden';
}

/** Shows a fault where uncaught ones are shown: in the console, and to the page's error monitoring. */
export function reportToPage(error: unknown): void {
  (globalThis as Page).reportError?.(error);
}

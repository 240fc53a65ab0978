/**
 * Calls back when the page comes to the front or the network returns: moments at which a browser may have been
 * asleep and missed something. Answers how to stop; does nothing outside a browser.
 */
export function onPageWake(listener: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined;
  const onVisibility = () => {
    if (!isPageHidden()) listener();
  };
  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('online', listener);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('online', listener);
  };
}

export function isPageHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}

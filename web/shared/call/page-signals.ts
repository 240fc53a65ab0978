/** The device has another way into the network, or has one again; answers how to stop listening. */
export function onNetworkChange(listener: () => void): () => void {
  const { connection } = navigator as { readonly connection?: EventTarget };
  addEventListener('online', listener);
  connection?.addEventListener('change', listener);
  return () => {
    removeEventListener('online', listener);
    connection?.removeEventListener('change', listener);
  };
}

/** The page is left, or comes back as it was; answers how to stop listening. */
export function onPage({ hide, show }: { readonly hide: () => void; readonly show: () => void }): () => void {
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) show();
  };
  addEventListener('pagehide', hide);
  addEventListener('pageshow', onShow);
  return () => {
    removeEventListener('pagehide', hide);
    removeEventListener('pageshow', onShow);
  };
}

/** The browser asks before the page is left; answers how to stop that. */
export function askBeforeLeaving(): () => void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener('beforeunload', ask);
  return () => removeEventListener('beforeunload', ask);
}

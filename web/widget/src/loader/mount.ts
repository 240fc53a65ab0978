/**
 * Puts an element into the page and keeps it there. Sites that change pages without loading them (Turbo, view transitions,
 * htmx) replace the body or empty it. Answers how to take it away for good.
 */
export function keepInPage(host: HTMLElement): () => void {
  const observer = new MutationObserver(() => {
    // Later, so that two scripts that undo each other do not stop the page.
    if (!host.isConnected) setTimeout(put);
  });
  let isOver = false;
  const put = (): void => {
    const body = document.body as HTMLElement | null;
    if (isOver || !body) return;
    // Some restore a copy of an earlier body, and a copy of ours is empty.
    for (const other of document.querySelectorAll(`#${host.id}`)) if (other !== host) other.remove();
    if (!host.isConnected) body.append(host);
    for (const place of [document, document.documentElement, body])
      observer.observe(place, { childList: true });
  };
  put();
  // A script in the head runs before there is a body.
  addEventListener('DOMContentLoaded', put);
  return () => {
    isOver = true;
    removeEventListener('DOMContentLoaded', put);
    observer.disconnect();
    host.remove();
  };
}

import { dataOf } from '../../shared/notice.js';

/** How long a page may take to say that it has heard. One that is not signed in does not listen. */
const PATIENCE_MS = 1_000;

/** Opens the ticket of a notification: on a page that is open, where nothing on it is lost, or on a new one. */
export async function openTicket(
  { clients, registration: { scope } }: ServiceWorkerGlobalScope,
  notification: Notification,
): Promise<void> {
  const { ticketId } = dataOf(notification);
  const address = ticketId === undefined ? scope : `${scope.replace(/\/$/, '')}/tickets/${ticketId}`;
  const open = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const pages = open.filter(({ url }) => url.startsWith(scope));
  const page = pages.find(({ visibilityState }) => visibilityState === 'visible') ?? pages[0];
  if (page === undefined) {
    await clients.openWindow(address);
    return;
  }
  const isOpened = ticketId !== undefined && (await isOpenedBy(page, ticketId));
  const shown = isOpened ? page : await page.navigate(address);
  await shown?.focus();
}

function isOpenedBy(page: WindowClient, ticketId: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(true);
    setTimeout(() => resolve(false), PATIENCE_MS);
    page.postMessage({ open: ticketId }, [port2]);
  });
}

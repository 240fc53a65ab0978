import { DESK_URL } from '../../../../shared/desk-url.js';
import { closeNotices, showNotice, type Notice } from '../../../../shared/notice.js';

/** The service worker of the dashboard, in browsers that have been set up for pushes. */
export async function ourWorker(): Promise<ServiceWorkerRegistration | undefined> {
  // Browsers have workers on pages with https and on localhost only.
  if (!('serviceWorker' in navigator)) return undefined;
  const registration = await navigator.serviceWorker.getRegistration(`${DESK_URL}/dashboard`);
  return registration?.active ? registration : undefined;
}

/** Takes away what a push has shown of something that is over. */
export async function takeBack({ tag, key }: Pick<Notice, 'tag' | 'key'>): Promise<void> {
  const worker = await ourWorker();
  if (worker !== undefined) await closeNotices(worker, tag, key);
}

/**
 * Shows a notification of the system; where there is a worker, it shows the one that a push may have shown, or may show yet, and the
 * worker hears of the click. Answers how to take it away again.
 */
export async function tellSystem(notice: Notice, open?: () => void): Promise<() => Promise<void>> {
  const worker = await ourWorker();
  if (worker !== undefined) {
    await showNotice(worker, notice);
    return () => closeNotices(worker, notice.tag, notice.key);
  }
  const { title, body, tag, rings } = notice;
  const shown = new Notification(title, { body, tag, dir: 'auto', requireInteraction: rings });
  shown.onclick = () => {
    focus();
    shown.close();
    open?.();
  };
  return () => {
    shown.close();
    return Promise.resolve();
  };
}

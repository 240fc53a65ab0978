import { learnTime, serverNow } from '../../client/clock.js';
import { showNotice } from '../../shared/notice.js';
import { openTicket } from './open-ticket.js';
import { readPush } from './read-push.js';

declare const self: ServiceWorkerGlobalScope;

/**
 * The service worker of the dashboard shows pushes and opens their tickets. It answers no request and keeps nothing, so that it can
 * never show an old version of a page or of what the API says.
 */
self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('push', (event) => event.waitUntil(show(event.data)));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openTicket(self, event.notification));
});

/** Safari ends a subscription whose pushes show nothing, also when a page is in front. */
const MUST_SHOW = navigator.userAgent.includes('Safari/') && !navigator.userAgent.includes('Chrom');

/** A page in front tells by itself, by sounds and marks. What comes late does not ring. */
async function show(data: PushMessageData | null): Promise<void> {
  const content = readPush(data?.text() ?? '');
  if (content === undefined) return;
  const isLate = content.ringsUntil !== undefined && content.ringsUntil <= (await timeNow());
  const isInFront = await hasPageInFront();
  if (isInFront && !MUST_SHOW) return;
  const notice = { ...content, rings: content.ringsUntil !== undefined && !isLate };
  await showNotice(self.registration, notice, { again: true, silent: isInFront || isLate });
}

/** The server's time, as far as it can be asked: clocks of computers are wrong by minutes. */
async function timeNow(): Promise<number> {
  const address = `${self.registration.scope.replace(/\/$/, '')}/worker.js`;
  try {
    learnTime(await fetch(address, { method: 'HEAD', cache: 'no-store' }));
  } catch {
    // The push came all the same; this device's own clock has to do.
  }
  return serverNow();
}

async function hasPageInFront(): Promise<boolean> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages.some(
    ({ url, visibilityState }) => url.startsWith(self.registration.scope) && visibilityState === 'visible',
  );
}

import { DESK_URL } from '../../../../shared/desk-url.js';
import { accepted, answer, api } from '../../data/api.js';
import { readStored, writeStored } from '../../storage/stored.js';
import { ourWorker } from '../../ui/alarm/system-notice.js';

/** The browser could not subscribe: its push service is switched off, or cannot be reached from here. */
export class NoPushService extends Error {}

/** The name under which a browser keeps that pushes come to it. */
export const PUSHES = 'pushes';

/** Whether this browser can be reached while the dashboard is closed, on this desk's address. */
export const canTakePushes = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window;

/** Whether it has been set up for that, and its permission was not taken back. */
export const takesPushes = (): boolean =>
  canTakePushes() && Notification.permission === 'granted' && readStored(PUSHES) === 'on';

/** Has the push service of this browser take pushes of this desk for the person who is signed in. Fine to repeat. */
export async function takePushes(): Promise<void> {
  const { publicKey } = await answer(api.GET('/api/v1/users/me/web-push'));
  const subscription = await subscribed(await readyWorker(), publicKey);
  const { endpoint, keys: { p256dh = '', auth = '' } = {} } = subscription.toJSON();
  if (endpoint === undefined) throw new Error('The subscription of this browser has no address.');
  await accepted(api.PUT('/api/v1/users/me/web-push', { body: { endpoint, keys: { p256dh, auth } } }));
  writeStored(PUSHES, 'on');
}

/** No pushes to this browser any more. */
export async function stopPushes(): Promise<void> {
  writeStored(PUSHES, null);
  const worker = await ourWorker();
  const subscription = await worker?.pushManager.getSubscription();
  if (!subscription) return;
  const { endpoint } = subscription;
  await subscription.unsubscribe();
  await accepted(api.DELETE('/api/v1/users/me/web-push', { body: { endpoint } }));
}

/** The worker, asked for past any cache, so that a new version of the desk brings its own. */
async function readyWorker(): Promise<ServiceWorkerRegistration> {
  const home = `${DESK_URL}/dashboard`;
  await navigator.serviceWorker.register(`${home}/worker.js`, { scope: home, updateViaCache: 'none' });
  return navigator.serviceWorker.ready;
}

/** A subscription to another key is one of an earlier desk at this address: the push service would refuse ours. */
async function subscribed(
  { pushManager }: ServiceWorkerRegistration,
  publicKey: string,
): Promise<PushSubscription> {
  const before = await pushManager.getSubscription();
  if (before !== null && keyOf(before) === publicKey) return before;
  await before?.unsubscribe();
  try {
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  } catch (cause) {
    throw new NoPushService('This browser could not subscribe to pushes.', { cause });
  }
}

function keyOf({ options: { applicationServerKey } }: PushSubscription): string {
  const bytes = new Uint8Array(applicationServerKey ?? new ArrayBuffer(0));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

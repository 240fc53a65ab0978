import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CDPSession, Page, Worker } from 'playwright-core';
import { describeInBrowser, seriousFaults } from '../support/browser.js';
import { ok } from '../support/client.js';
import { openPool } from '../support/database.js';
import { FakePushService, type FakeSubscription } from '../support/fake-push-service.js';
import { untilTold } from '../support/notices.js';
import { line, pathOf, useDashboard, type Colleague } from './dashboard-desk.js';

/** Chromium's own push service is on the internet: a subscription at ours takes the place of one there. */
const subscribeTo = ({ endpoint, keys }: FakeSubscription): string => `(() => {
  let subscription = null;
  PushManager.prototype.getSubscription = async () => subscription;
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    window.subscribedTo = { applicationServerKey, userVisibleOnly };
    const bytes = Uint8Array.from(atob(applicationServerKey.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return (subscription = {
      endpoint: '${endpoint}',
      options: { applicationServerKey: bytes.buffer },
      toJSON: () => (${JSON.stringify({ endpoint, keys })}),
      unsubscribe: async () => ((subscription = null), true),
    });
  };
})()`;

interface Notice {
  title: string;
  body: string;
  tag: string;
  requireInteraction: boolean;
}

const noticesOf = (worker: Worker): Promise<Notice[]> =>
  worker.evaluate(`registration.getNotifications().then((all) =>
    all.map(({ title, body, tag, requireInteraction }) => ({ title, body, tag, requireInteraction })))`);

/** Waits until the worker shows one like this; answers how many it shows. One delivery after the other: Chromium may lose a second. */
async function shows(worker: Worker, one: Partial<Notice>): Promise<number> {
  for (let round = 0; round < 200; round++) {
    const notices = await noticesOf(worker);
    if (notices.some((notice) => isLike(notice, one))) return notices.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${JSON.stringify(one)} is not among ${JSON.stringify(await noticesOf(worker))}`);
}

const isLike = (notice: Notice, one: Partial<Notice>): boolean =>
  JSON.stringify({ ...notice, ...one }) === JSON.stringify(notice);

/** Goes there, until the page hears of events and clicks: it registers its browser again then. */
async function listening(page: Page, url: string): Promise<void> {
  const again = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await page.goto(url);
  expect(new URL((await again).url()).pathname).toBe('/api/v1/users/me/web-push');
}

describeInBrowser('pushes to this browser', () => {
  const desk = useDashboard({ webPush: { isOn: true, local: true } }, { withNotices: true });
  let pushes: FakePushService;
  beforeAll(async () => {
    pushes = await FakePushService.start();
  });
  afterAll(() => pushes.close());

  /** A page on the settings of somebody whose browser may show notifications, which nobody has asked for yet. */
  async function onSettings(person: Colleague, name: string): Promise<Page> {
    const { open, server } = desk();
    const page = await open(person, '/dashboard/notifications');
    await page.context().grantPermissions(['notifications'], { origin: server.url });
    await page.addInitScript({ content: subscribeTo(pushes.subscribe(name)) });
    await page.reload();
    return page;
  }

  /** Hands pushes to the worker of a page as the browser does. */
  async function deliverer(page: Page): Promise<(content: object) => Promise<unknown>> {
    const session: CDPSession = await page.context().newCDPSession(page);
    const found = new Promise<string>((resolve) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [ours] = registrations;
        if (ours) resolve(ours.registrationId);
      });
    });
    await session.send('ServiceWorker.enable');
    const registrationId = await found;
    const origin = new URL(desk().server.url).origin;
    return (content) =>
      session.send('ServiceWorker.deliverPushMessage', {
        origin,
        registrationId,
        data: JSON.stringify(content),
      });
  }

  it('are asked for by a click, come encrypted, are shown once, and open their ticket', async () => {
    const { provisionStaff, server, ticket } = desk();
    const pia = await provisionStaff('Pia');
    const mine = await ticket();
    await ok(pia.put(`/tickets/${mine.id}/assign`));
    const page = await onSettings(pia, 'browser-of-pia');
    await page.getByRole('button', { name: 'Notify me on this device' }).click();
    await page.getByText('This device notifies you, also while Concierge is closed.').waitFor();
    const { publicKey } = await ok(pia.get('/users/me/web-push'));
    expect(await page.evaluate('subscribedTo')).toEqual({
      applicationServerKey: publicKey,
      userVisibleOnly: true,
    });

    await listening(page, `${server.url}/dashboard`);
    const [worker] = page.context().serviceWorkers();
    if (worker === undefined) throw new Error('There is no worker.');
    // Headless Chromium counts every page as in front.
    await page.evaluate(`Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })`);
    const tag = `concierge-${mine.id}`;
    const db = openPool(server.database);
    // The page hears of what comes after it has connected.
    do {
      await ok(mine.donor.post(`/tickets/${mine.id}/messages`, { content: 'Anybody there?' }), 201);
      await untilTold(db, mine.id);
    } while ((await noticesOf(worker)).length === 0);
    await db.end();
    expect(await noticesOf(worker)).toMatchObject([{ title: 'Concierge: A donor writes on my ticket', tag }]);
    const [push] = pushes.to('browser-of-pia').slice(-1);
    expect(push?.content).toMatchObject({ title: 'Dora wrote', body: 'Anybody there?' });

    const deliver = await deliverer(page);
    const content = push?.content ?? {};
    // A page in front tells by itself.
    await deliver({ ...content, tag: 'not shown', key: 'not shown' });
    await page.goto('about:blank');
    await deliver({ ...content, tag: 'later', key: 'later' });
    expect(await shows(worker, { tag: 'later' })).toBe(2);
    // The push takes the place of what the page has shown.
    await deliver(content);
    const told = { title: 'Dora wrote', body: 'Anybody there?', tag, requireInteraction: false };
    expect(await shows(worker, told)).toBe(2);

    const ring = { ...content, tag: `concierge-call-${mine.id}` };
    await deliver({ ...ring, key: 'ring', ringsUntil: Date.now() + 3_600_000 });
    expect(await shows(worker, { tag: ring.tag, requireInteraction: true })).toBe(3);
    await deliver({ ...ring, tag: 'late', key: 'late', ringsUntil: Date.now() - 3_600_000 });
    expect(await shows(worker, { tag: 'late', requireInteraction: false })).toBe(4);

    await listening(page, `${server.url}/dashboard`);
    await page.evaluate('window.stays = true');
    await worker.evaluate(`registration.getNotifications({ tag: '${tag}' }).then(([notification]) =>
      dispatchEvent(new NotificationEvent('notificationclick', { notification })))`);
    await line(page, 'Anybody there?').last().waitFor();
    expect(new URL(page.url()).pathname).toBe(pathOf(mine));
    // The page that was open, not loaded again: nothing on it is lost.
    expect(await page.evaluate('stays')).toBe(true);
    expect(await noticesOf(worker)).toHaveLength(3);
  });

  it('stop when they are turned off', async () => {
    const { provisionStaff } = desk();
    const per = await provisionStaff('Per');
    const page = await onSettings(per, 'browser-of-per');
    await page.getByRole('button', { name: 'Notify me on this device' }).click();
    await page.getByRole('button', { name: 'Stop notifying me here' }).click();
    await page.getByRole('button', { name: 'Notify me on this device' }).waitFor();
    const db = openPool(desk().server.database);
    const { rows } = await db.query('SELECT 1 FROM web_push_subscriptions WHERE user_id = $1', [per.id]);
    await db.end();
    expect(rows).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('belong to a program that can be installed, with the desk’s name and icons', async () => {
    const { cleo, open, server } = desk();
    await ok(cleo.patch('/desk/settings', { version: 1, name: 'Clearwater', colour: '#204060' }));
    const page = await open(cleo);
    const session = await page.context().newCDPSession(page);
    const { url, errors, data } = await session.send('Page.getAppManifest');
    expect({ url, errors }).toEqual({ url: `${server.url}/dashboard/app.webmanifest`, errors: [] });
    expect(JSON.parse(data ?? '')).toMatchObject({ name: 'Clearwater', start_url: '/dashboard' });
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });
});

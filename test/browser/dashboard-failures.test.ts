import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { SOCKET_SERVER, type SocketServer } from '../../src/reactions/realtime/server/socket-state.js';
import { describeInBrowser, GOOD_LOOKS, looksOf } from '../support/browser.js';
import { FAILURES, idleAlertsOn, riddlesOn } from '../support/failures.js';
import { eventually, pathOf, useDashboard } from './dashboard-desk.js';

const API = '**/api/v1/**';
const ALL = ['tickets', 'account', 'notifications', 'people', 'activity', 'settings'];
const LANGUAGES = [
  ['en', 'en-GB'],
  ['de', 'de-DE'],
] as const;
type Failing = keyof typeof FAILURES;
const NAMES = Object.keys(FAILURES) as Failing[];
/** One that is tried again and one that is final are met on every page. */
const EVERYWHERE: readonly Failing[] = ['the server fails', 'it is forbidden'];
/** The page may complain in the console of what it is made to suffer. */
const faults = [/Failed to load resource/, /dynamically imported module/, /MIME type/, /preload CSS/];

describeInBrowser('what the dashboard says of failures', () => {
  const desk = useDashboard();

  const understood = async (page: Page, locale: string): Promise<void> => {
    expect({ riddles: await riddlesOn(page, locale), idle: await idleAlertsOn(page, locale) }).toEqual({
      riddles: [],
      idle: [],
    });
  };
  /** Goes on within the page, which is not loaded again, until it has an alert; what is tried again is tried at once. */
  const fail = async (page: Page, path: string): Promise<void> => {
    await page.evaluate(`document.querySelectorAll('#content [role=alert]').forEach((one) => (one.dataset.old = ''));
      history.pushState({}, '', '/dashboard/${path}'); dispatchEvent(new PopStateEvent('popstate'))`);
    const alert = page.locator('#content [role=alert]:not([data-old]):visible').first();
    for (let round = 0; round < 50 && !(await alert.isVisible()); round++) {
      await page.clock.fastForward(1_000);
      await page.waitForTimeout(100);
    }
    await alert.waitFor();
  };

  const loadsOf = async (page: Page): Promise<() => number> => {
    await page.waitForLoadState();
    let loads = 0;
    page.on('load', () => loads++);
    return () => loads;
  };

  it.each(LANGUAGES.flatMap(([language, locale]) => NAMES.map((failure) => ({ language, locale, failure }))))(
    'says in $language that $failure, on pages and after actions',
    async ({ language, locale, failure }) => {
      const { cleo, open, ticket } = desk();
      const page = await open(cleo, pathOf(await ticket()), { locale, faults });
      await page.getByRole('log').waitFor();
      await page.clock.install();
      await page.route(API, (route) =>
        route.request().url().includes('/auth/refresh') ? route.continue() : FAILURES[failure](route),
      );
      await page.getByRole('button', { name: /^(Accept|Übernehmen|Annehmen)$/ }).click();
      await page.locator('[role=alert]:visible').first().waitFor();
      const said = await page.locator('[role=alert]:visible').allInnerTexts();
      expect(said).toEqual([...new Set(said)]);
      await understood(page, language);
      for (const path of EVERYWHERE.includes(failure) ? ALL : ALL.slice(0, 1)) {
        await fail(page, path);
        await understood(page, language);
      }
    },
  );

  it.each([...LANGUAGES, ['ar', 'ar-EG'] as const])(
    'says at the door in %s what failed',
    async (language, locale) => {
      const { browser, server } = desk();
      const page = await browser.page({ locale });
      await page.goto(`${server.url}/dashboard`);
      await page.waitForLoadState('networkidle');
      for (const failure of NAMES) {
        await page.route('**/auth/login', FAILURES[failure]);
        await page.locator('[name=username]').fill('ada');
        await page.locator('[name=password]').fill('secret');
        await page.locator('[type=submit]').click();
        await page.locator('[type=submit]:not([data-loading]) >> visible=true').waitFor();
        await page.locator('[role=alert]:visible').waitFor();
        await understood(page, language);
        await page.unroute('**/auth/login');
      }
      expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
      expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    },
  );

  it('loads itself again, once, when an upgrade has taken a part away, and keeps the draft', async () => {
    const { ada, open, ticket } = desk();
    const page = await open(ada, pathOf(await ticket()), { faults });
    const draft = page.getByRole('textbox', { name: 'Write to the donor' });
    await draft.fill('Half a sen');
    const loads = await loadsOf(page);
    await page.route('**/tickets-page-*.js', (route) =>
      loads() > 0 ? route.continue() : route.fulfill({ status: 404 }),
    );
    await page.getByRole('link', { name: 'All tickets', exact: true }).click();
    await page.getByRole('heading', { name: 'Tickets' }).waitFor();
    expect(loads()).toBe(1);
    await page.goBack();
    await eventually(page, `document.querySelector('textarea')?.value === 'Half a sen'`);
  });

  it.each([
    ['en-GB', 1280, 'Reload the page'],
    ['ar-EG', 375, 'إعادة تحميل الصفحة'],
  ])(
    'says in %s that a part stays missing, and does not go round in circles',
    async (locale, width, button) => {
      const { ada, open, server } = desk();
      const page = await open(ada, '/dashboard', { locale, width, faults });
      const loads = await loadsOf(page);
      await page.route('**/tickets-page-*.js', (route) => route.fulfill({ status: 404 }));
      await page.goto(`${server.url}/dashboard/tickets`);
      const reload = page.getByRole('button', { name: button });
      await reload.waitFor();
      expect(loads()).toBe(2);
      await understood(page, locale.slice(0, 2));
      expect(await looksOf(page)).toEqual(GOOD_LOOKS);
      await page.unroute('**/tickets-page-*.js');
      await reload.click();
      await page.locator('#content h1').waitFor();
    },
  );

  it('does not leave for an empty page while the server is down, and goes on without a part that nobody misses', async () => {
    const { ada, open } = desk();
    const page = await open(ada, '/dashboard', { faults });
    await page.route('**/dashboard**', (route) => route.abort());
    await page.route('**/assets/**', (route) => route.abort());
    await page.getByRole('button', { name: /^Ada/ }).click();
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('button', { name: 'Reload the page' }).waitFor();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    await understood(page, 'en');
  });

  it('has words in the reader’s language before it has any code', async () => {
    const { browser, server } = desk();
    const page = await browser.page({ locale: 'de-DE' });
    await page.route('**/assets/core-*.js', (route) => route.fulfill({ status: 404 }));
    await page.goto(`${server.url}/dashboard`);
    await page.getByText('Diese Seite konnte nicht geladen werden.').waitFor();
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await page.unroute('**/assets/core-*.js');
    await page.route('**/assets/index-*.js', (route) => route.fulfill({ status: 404 }));
    await page.getByRole('link', { name: 'Seite neu laden' }).click();
    await page.locator('.late').waitFor({ state: 'attached' });
    expect(await page.locator('.late').isVisible()).toBe(false);
    await page.evaluate('document.getAnimations().forEach((one) => one.finish())');
    await page.getByText('Prüfen Sie Ihre Verbindung').waitFor();
  });

  it.each([
    ['offline', 'You have been offline since'],
    ['down', 'The server cannot be reached since'],
  ])('tells once that it is %s, and stops when that is over', async (kind, words) => {
    const { ada, open, server, ticket } = desk();
    const page = await open(ada, '/dashboard', { faults });
    let isDown = false;
    await page.routeWebSocket(/socket\.io/, (socket) => {
      if (isDown) void socket.close();
      else socket.connectToServer();
    });
    await page.route('**', (route) => (isDown ? route.abort('connectionrefused') : route.continue()));
    await page.goto(server.url + pathOf(await ticket()));
    await page.getByRole('log').waitFor();
    await page.waitForLoadState('networkidle');
    const change = async (next: boolean): Promise<void> => {
      isDown = next;
      if (kind === 'offline') await page.context().setOffline(next);
      if (next) server.app.get<SocketServer>(SOCKET_SERVER, { strict: false }).disconnectSockets(true);
    };
    await change(true);
    const notice = page.getByRole('status').filter({ hasText: words });
    await notice.waitFor();
    expect(await notice.innerText()).toMatch(/since \d?\d:\d\d.*kept/s);
    const notices = page.locator('#content :is([role=alert], [role=status]):visible:not(:empty)');
    expect(await notices.allInnerTexts()).toEqual([expect.stringContaining(words)]);
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await change(false);
    await notice.waitFor({ state: 'detached' });
  });
});

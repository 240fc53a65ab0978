import { expect, it } from '@jest/globals';
import { describeInBrowser, faultsOf } from '../support/browser.js';
import { ok } from '../support/client.js';
import { until } from '../support/job-nodes.js';
import { eventually, pathOf, signInAt, useDashboard } from './dashboard-desk.js';

const REFUSED = /status of 401/;

describeInBrowser('signing in to the dashboard', () => {
  const desk = useDashboard();

  it('lets staff in, and a reload keeps them in', async () => {
    const { ada, browser, server } = desk();
    const page = await browser.page();
    await page.goto(`${server.url}/dashboard`);
    await signInAt(page, ada);
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    expect(await page.getByRole('button', { name: 'Sign in' }).count()).toBe(0);
    expect(faultsOf(page)).toEqual([]);
  });

  it('refuses a wrong password in words, and keeps the name', async () => {
    const { browser, server, ada } = desk();
    const page = await browser.page();
    await page.goto(`${server.url}/dashboard`);
    await page.getByLabel('Username').fill(ada.username);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Username or password is wrong.').waitFor();
    expect(await page.getByLabel('Username').inputValue()).toBe(ada.username);
  });

  it('tells somebody who has tried too often to wait', async () => {
    const { browser, server, ada } = desk();
    const page = await browser.page();
    await page.goto(`${server.url}/dashboard`);
    const message = 'You are being ratelimited, only 5 requests are allowed';
    await page.route('**/api/v1/auth/login', (route) =>
      route.fulfill({ status: 429, json: { success: false, statusCode: 429, error: 'RATELIMIT', message } }),
    );
    await signInAt(page, ada, '[role="alert"]');
    await page.getByRole('alert').getByText('Too many attempts. Wait a minute').waitFor();
  });

  it('keeps the token out of the storage of the browser', async () => {
    const page = await desk().open(desk().ada);
    const stored = await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage])');
    expect(stored).not.toMatch(/ey[A-Za-z0-9_-]{10}|crt_/);
    expect(await page.evaluate<string>('document.cookie')).toBe('');
  });

  it('explains a session that has ended, and goes on where it was, with what was written', async () => {
    const { ada, open, ticket } = desk();
    const { id } = await ticket();
    const page = await open(ada, pathOf({ id }), { faults: [REFUSED] });
    await page.getByRole('textbox', { name: 'Write to the donor' }).fill('Half a sentence');
    await ok(ada.post('/auth/logout-all'), 204);
    await page.getByText('Your session has ended.').waitFor();
    await signInAt(page, ada);
    const field = page.getByRole('textbox', { name: 'Write to the donor' });
    await field.waitFor();
    expect(await field.inputValue()).toBe('Half a sentence');
  });

  it('signs out for good', async () => {
    const page = await desk().open(desk().bo);
    await page.getByRole('button', { name: /^Bo,/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('says when the desk could not sign somebody out, who then still is signed in', async () => {
    const page = await desk().open(desk().bo, '/dashboard', { faults: [/status of 503/] });
    const away = { status: 503, json: { error: 'SERVICE_UNAVAILABLE', message: 'Try again in a moment.' } };
    await page.route('**/auth/logout', (route) => route.fulfill(away));
    const signOut = async () => {
      await page.getByRole('button', { name: /^Bo,/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
    };
    await signOut();
    await page.getByRole('alert').getByText('Try again in a moment.').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    await page.unroute('**/auth/logout');
    await signOut();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('shows what the availability is, and changes it', async () => {
    const { bo, open } = desk();
    const page = await open(bo);
    await page.getByRole('button', { name: /^Bo,/ }).click();
    await page.getByRole('menuitemradio', { name: 'Away' }).click();
    await page.getByRole('button', { name: 'Bo, Away' }).waitFor();
    expect(await ok(bo.get('/users/me'))).toMatchObject({ availability: 'away', chosenAvailability: 'away' });
    await page.close();
    await until(async () => (await ok(bo.get('/users/me'))).availability === 'offline');
    expect((await ok(bo.get('/users/me'))).chosenAvailability).toBe('away');
  });

  it('follows the colours of the system, and a choice beats them', async () => {
    const page = await desk().open(desk().ada, '/dashboard', { colorScheme: 'dark' });
    const scheme = "document.documentElement.getAttribute('data-mantine-color-scheme')";
    expect(await page.evaluate<string>(scheme)).toBe('dark');
    await page.getByRole('button', { name: /^Ada,/ }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await eventually(page, `${scheme} === 'light'`);
  });
});

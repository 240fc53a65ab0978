import { afterAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, faultsOf, GOOD_LOOKS, looksOf } from '../support/browser.js';
import { FakeSmtp } from '../support/fake-smtp.js';
import { until } from '../support/ticket-viewer.js';
import { signInAt, useDashboard, type Colleague } from './dashboard-desk.js';

const OWN = 'seven lanterns over Porto';
const PHONE = { width: 375, reducedMotion: 'reduce' } as const;
const WIDE = { width: 1280, reducedMotion: 'reduce' } as const;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name });

const smtp = await FakeSmtp.start();

describeInBrowser('links that set a password', () => {
  afterAll(() => smtp.close());
  const desk = useDashboard({
    mail: { smtpUrl: smtp.url, from: 'Desk <desk@charity.example>', delay: 0 },
  });

  /** The address of the newest link that was mailed there, on this server. */
  async function mailedLink(address: string): Promise<string> {
    await until(() => smtp.to(address).length > 0);
    const [, path = ''] =
      /localhost:5005(\/dashboard\/password#\S+)/.exec(smtp.to(address)[0]?.parsed.text ?? '') ?? [];
    return desk().server.url + path;
  }

  it('an invited colleague chooses a password and is in; the token leaves the address', async () => {
    const { browser, cleo, open } = desk();
    const page = await open(cleo, '/dashboard', WIDE);
    const steps = page.getByRole('region', { name: 'First steps' });
    await steps.getByText('Push: phones').waitFor();
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await steps.getByRole('link', { name: 'Invite a colleague' }).click();
    await button(page, 'Invite a colleague').click();
    const dialog = page.getByRole('dialog', { name: 'Invite a colleague' });
    await dialog.getByLabel('Email', { exact: true }).fill('nora@example.org');
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await page.getByRole('region', { name: 'Invitations' }).getByText('nora@example.org').waitFor();
    await dialog.waitFor({ state: 'detached' });
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);

    const phone = await browser.page(PHONE);
    await phone.goto(await mailedLink('nora@example.org'));
    await heading(phone, 'Welcome to Concierge').waitFor();
    expect(await looksOf(phone)).toEqual(GOOD_LOOKS);
    await phone.getByLabel('Your name').fill('Nora New');
    expect(await phone.getByLabel('Username').inputValue()).toBe('nora');
    await phone.getByLabel('Password', { exact: true }).fill(OWN);
    await button(phone, 'Get started').click();
    await heading(phone, 'Board').waitFor();
    expect(new URL(phone.url()).hash).toBe('');
    expect(faultsOf(phone)).toEqual([]);
    await phone.goto(await mailedLink('nora@example.org'));
    await heading(phone, 'This link no longer works').waitFor();
    expect(await looksOf(phone)).toEqual(GOOD_LOOKS);

    await page.reload();
    await page.getByRole('cell', { name: /Nora New/ }).waitFor();
    expect(await page.getByRole('region', { name: 'Invitations' }).count()).toBe(0);
    await button(page, 'Invite a colleague').click();
    await dialog.getByText('By link').click();
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const link = dialog.getByRole('group', { name: 'Link for Somebody' });
    expect(await link.textContent()).toMatch(/\/dashboard\/password#[\w-]{43}$/);
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await button(page, 'Revoke: Somebody').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('The invitation is revoked.').waitFor();
    await page.getByRole('region', { name: 'Invitations' }).waitFor({ state: 'detached' });
  });

  it('a forgotten password is replaced by a mailed link; then the person signs in', async () => {
    const { browser, provisionStaff, server } = desk();
    const person = await provisionStaff('Forgetful');
    const page = await browser.page(PHONE);
    await page.goto(`${server.url}/dashboard`);
    await button(page, 'Forgot password?').click();
    await page.getByLabel('Email').fill('forgetful@staff.test');
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await button(page, 'Send the link').click();
    await page.getByText('a link is on its way').waitFor();
    await page.goto(await mailedLink('forgetful@staff.test'));
    await page.getByLabel('New password').fill(OWN);
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await button(page, 'Set password').click();
    await heading(page, 'Your password is set').waitFor();
    await button(page, 'Sign in').click();
    await signInAt(page, { ...person, password: OWN } as Colleague);
    expect(faultsOf(page)).toEqual([]);
  });

  it('the first steps go for good when somebody hides them', async () => {
    const { cleo, open } = desk();
    const page = await open(cleo, '/dashboard', PHONE);
    const steps = page.getByRole('region', { name: 'First steps' });
    await steps.getByText('Left', { exact: true }).click();
    await steps.getByLabel('Language of the chat').selectOption('fr');
    await steps.getByText('data-position="left" data-locale="fr" async').waitFor();
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await button(page, 'Hide these steps').click();
    await steps.waitFor({ state: 'detached' });
    const other = await open(cleo, '/dashboard', WIDE);
    await other.getByRole('region', { name: 'New' }).waitFor();
    await other.waitForLoadState('networkidle');
    expect(await other.getByRole('region', { name: 'First steps' }).count()).toBe(0);
  });
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { delegated } from '../factories/delegated-token.factory.js';
import { describeInBrowser, faultsOf, seriousFaults, useBrowser } from '../support/browser.js';
import { Client, ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

/** What each site of this browser keeps, the page's own memory of the widget aside. */
const stored = (page: Page) =>
  page.evaluate<string>('JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])');

/** Everything the widget shows, what stands in its fields included. */
const shown = (page: Page) =>
  page.evaluate<string>(`(() => {
    const { shadowRoot } = document.querySelector('#concierge-widget');
    const fields = [...shadowRoot.querySelectorAll('input, textarea')].map(({ value }) => value);
    return fields.join(' ') + ' ' + shadowRoot.querySelector('.panel').innerText;
  })()`);

describeInBrowser('the widget on a device that several people use', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  });
  afterAll(() => site.close());

  /** An open form shows what it would be filled with. */
  async function form(donor: DonorPage): Promise<string> {
    await donor.panel.locator('.door').first().click();
    return shown(donor.page);
  }

  it('keeps no token of the page, and nothing after identify({})', async () => {
    const ada = await delegated(site.desk.server, { email: 'ada@private.example', username: 'Ada Private' });
    const attributes = `data-token="${ada.token}"`;
    const donor = await DonorPage.visit(browser(), site.page('/signed-in', { attributes }));
    const { page } = donor;
    await donor.open();
    await donor.panel.locator('.door').first().click();
    // What the token says need not be typed again, nor kept.
    expect(await donor.panel.locator('[name=email]').inputValue()).toBe('ada@private.example');
    await donor.panel.locator('[name=message]').fill('My private matter');
    await donor.button('Start the conversation').click();
    await donor.composer.fill('A draft of Ada');
    const kept = await stored(page);
    expect(kept).toContain(ada.id);
    for (const secret of [ada.token, 'cdt_', 'ada@private.example', 'Ada Private', 'My private matter'])
      expect(kept).not.toContain(secret);
    await page.evaluate('Concierge.identify({})');
    await donor.text('No conversations yet.').waitFor();
    expect(await form(donor)).not.toMatch(/Ada|ada@|private|draft/);
    expect(await stored(page)).toBe('[[],[]]');
    const next = await page.context().newPage();
    await next.goto(site.page('/nobody'));
    const other = new DonorPage(next);
    await other.open();
    await other.text('No conversations yet.').waitFor();
    expect(await form(other)).not.toMatch(/Ada|ada@|private|draft/);
    expect(faultsOf(page)).toEqual([]);
  });

  it('takes unsent messages away with the person', async () => {
    const attributes = 'data-donor-id="crm-9" data-email="bea@example.org"';
    const donor = await DonorPage.visit(browser(), site.page('/unsent', { attributes }));
    await donor.open();
    await donor.start({ email: 'bea@example.org', message: 'First' });
    await donor.isLive();
    await donor.page.context().setOffline(true);
    await donor.write('Never sent');
    await donor.log.getByText('Never sent').waitFor();
    expect(await stored(donor.page)).toContain('Never sent');
    await donor.page.evaluate('Concierge.identify({})');
    await donor.panel.locator('.door').first().waitFor();
    expect(await stored(donor.page)).toBe('[[],[]]');
  });

  it('ends the guest’s session on the server and forgets everything when the donor says so', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/forget'));
    const { page } = donor;
    await donor.open();
    expect(await donor.button('Forget this device').count()).toBe(0);
    await donor.start({ message: 'Only for you' });
    const [token = ''] = /cdt_[\w-]+/.exec(await stored(page)) ?? [];
    const guest = new Client(site.desk.server, { authorization: `Bearer ${token}` });
    expect(await ok(guest.get('/tickets'))).toHaveLength(1);
    await donor.button('Back').click();
    await donor.button('Forget this device').click();
    expect(await seriousFaults(page)).toEqual([]);
    const ended = page.waitForResponse((response) => response.url().endsWith('/api/v1/auth/donor/logout'));
    await donor.button('Remove').click();
    await donor.text('Nothing of you is left on this device.').waitFor();
    expect((await ended).status()).toBe(200);
    expect((await guest.get('/tickets')).status).toBe(401);
    expect(await stored(page)).toBe('[[],[]]');
    expect(await form(donor)).not.toMatch(/Maria|maria@|Only for you/);
    await donor.button('Back').click();
    await donor.reload();
    await donor.text('No conversations yet.').waitFor();
    expect(faultsOf(page)).toEqual([]);
  });

  it('forgets in the other tabs as well', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/tabs'));
    await donor.open();
    await donor.start({ message: 'Open twice' });
    const second = await donor.page.context().newPage();
    await second.goto(site.page('/tabs'));
    const other = new DonorPage(second);
    await other.open();
    await other.log.getByText('Open twice').waitFor();
    await donor.button('Back').click();
    await donor.button('Forget this device').click();
    await donor.button('Remove').click();
    await other.text('No conversations yet.').waitFor();
    expect(await stored(second)).toBe('[[],[]]');
  });

  it('keeps people apart whom the page tells apart, and forgets the one before', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/two'));
    await donor.open();
    await donor.page.evaluate(`Concierge.identify({ email: 'ada@example.org' })`);
    await donor.start({ email: 'ada@example.org', message: 'Words of Ada' });
    // The page learns more of the same person.
    await donor.page.evaluate(`Concierge.identify({ email: 'ada@example.org', name: 'Ada' })`);
    await donor.text('Words of Ada').first().waitFor();
    await donor.page.evaluate(`Concierge.identify({ email: 'bea@example.org' })`);
    await donor.text('No conversations yet.').waitFor();
    expect(await stored(donor.page)).toBe('[[],[]]');
  });

  it('lets somebody write on while the page renews their token', async () => {
    const claims = { id: 'dee', email: 'dee@example.org', username: 'Dee' };
    const [first, second] = [
      await delegated(site.desk.server, claims),
      await delegated(site.desk.server, { ...claims, nonce: 'another' }),
    ];
    expect(second.token).not.toBe(first.token);
    const attributes = `data-token="${first.token}"`;
    const donor = await DonorPage.visit(browser(), site.page('/renewed', { attributes }));
    await donor.open();
    await donor.panel.locator('.door').first().click();
    await donor.panel.locator('[name=message]').fill('Half of it');
    const identify = (token: string) => donor.page.evaluate(`Concierge.identify({ token: '${token}' })`);
    await identify(second.token);
    expect(await donor.panel.locator('[name=message]').inputValue()).toBe('Half of it');
    await donor.button('Start the conversation').click();
    await donor.composer.fill('Half an answer');
    await donor.isLive();
    await identify(first.token);
    expect(await donor.composer.inputValue()).toBe('Half an answer');
    await donor.composer.press('Enter');
    await donor.log.locator('.line:has-text("Half an answer") .tick.check').waitFor();
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('forgets somebody who leaves before the chat was opened', async () => {
    const attributes = 'data-donor-id="crm-10" data-email="cy@example.org"';
    const donor = await DonorPage.visit(browser(), site.page('/early', { attributes }));
    await donor.open();
    await donor.start({ email: 'cy@example.org', message: 'Before' });
    await donor.page.evaluate('Concierge.close()');
    await donor.page.reload();
    await donor.launcher.waitFor();
    const ended = donor.page.waitForResponse((response) => response.url().endsWith('/auth/donor/logout'));
    await donor.page.evaluate('Concierge.identify({})');
    await ended;
    expect(await stored(donor.page)).toBe('[[],[]]');
  });

  it('takes over a guest of an earlier version, and nothing of somebody whom the page had named', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/upgrade'));
    await donor.open();
    await donor.start({ message: 'From before' });
    const key = `concierge:${site.desk.server.url}`;
    const [token = ''] = /cdt_[\w-]+/.exec(await stored(donor.page)) ?? [];
    const become = (entry: object) =>
      donor.page.evaluate(
        `Concierge.close(); localStorage.clear(); localStorage.setItem('${key}', ${JSON.stringify(JSON.stringify(entry))})`,
      );
    await become({ token, email: 'maria@example.org', seen: {} });
    await donor.page.reload();
    await donor.open();
    await donor.text('From before').waitFor();
    expect(await donor.page.evaluate(`JSON.parse(localStorage.getItem('${key}'))`)).toEqual({
      token,
      email: 'maria@example.org',
    });
    await become({ token: 'eyJ.of.the-page', email: 'maria@example.org', seen: {} });
    await donor.page.reload();
    await donor.open();
    await donor.text('No conversations yet.').waitFor();
    expect(await stored(donor.page)).toBe('[[],[]]');
  });
});

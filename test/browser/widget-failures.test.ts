import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, GOOD_LOOKS, looksOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';
import { FAILURES, idleAlertsOn, riddlesOn } from '../support/failures.js';

const API = '**/api/v1/**';

const understood = async (page: Page, locale: string): Promise<void> => {
  expect({ riddles: await riddlesOn(page, locale), idle: await idleAlertsOn(page, locale) }).toEqual({
    riddles: [],
    idle: [],
  });
};

describeInBrowser('what the widget says of failures', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  });
  afterAll(() => site.close());

  const visit = (locale: string, options = {}): Promise<DonorPage> =>
    DonorPage.visit(browser(), site.page(`/${locale}`, { attributes: `data-locale="${locale}"` }), options);

  it.each(['en', 'de', 'ar'])('says in %s what to do, whatever fails', async (locale) => {
    const donor = await visit(locale, { width: 375 });
    const { page, panel } = donor;
    await donor.open();
    await panel.locator('.door').first().click();
    await donor.fill({ email: 'maria@example.org', name: 'Maria', message: 'Where is my receipt?' });
    for (const fail of Object.values(FAILURES)) {
      await page.route(API, fail);
      await panel.locator('[type=submit]').click();
      await panel.locator('[type=submit][aria-disabled=false]').waitFor();
      await panel.getByRole('alert').waitFor();
      await understood(page, locale);
      await page.unroute(API);
    }
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await panel.locator('[type=submit]').click();
    await donor.composer.waitFor();
    await donor.isLive();
    for (const [name, fail] of Object.entries(FAILURES)) {
      await page.route(API, fail);
      await panel.locator('.bar .icon-button').nth(1).click();
      await panel.locator('.card .button').first().click();
      await panel.locator('[role=alert]').first().waitFor();
      expect({ name, words: await panel.getByRole('alert').count() }).toEqual({ name, words: 1 });
      await understood(page, locale);
      await page.unroute(API);
    }
  });

  it('says that a part is missing after an upgrade, and gets it when the donor tries again', async () => {
    const donor = await visit('en', { width: 375 });
    await donor.open();
    await donor.start();
    await donor.isLive();
    await donor.page.route('**/widget/assets/ending-*.js', (route) => route.fulfill({ status: 404 }));
    const { rows } = await site.desk.db.query('SELECT id FROM tickets ORDER BY created_at DESC LIMIT 1');
    await ok(site.desk.admin.put(`/tickets/${rows[0].id}/assign`));
    await ok(site.desk.admin.put(`/tickets/${rows[0].id}/resolve`));
    const notice = donor.panel.getByRole('alert').filter({ hasText: 'A part of the chat is missing' });
    await notice.waitFor();
    await understood(donor.page, 'en');
    expect(await looksOf(donor.page)).toEqual(GOOD_LOOKS);
    // Below the conversation, over its whole width.
    expect(await notice.boundingBox()).toMatchObject({ x: 0, width: 375 });
    await donor.page.unroute('**/widget/assets/ending-*.js');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await notice.waitFor({ state: 'detached' });
    await donor.panel.getByRole('radiogroup').or(donor.panel.locator('.stars')).first().waitFor();
  });

  it('says so when the chat itself does not come, and opens when the donor clicks again', async () => {
    const donor = await visit('de');
    await donor.page.route('**/widget/assets/**', (route) => route.fulfill({ status: 404 }));
    await donor.launcher.click();
    const words = donor.page.locator('#concierge-widget .words');
    await words.filter({ hasText: /erneut|noch einmal/ }).waitFor();
    await understood(donor.page, 'de');
    await donor.page.unroute('**/widget/assets/**');
    await donor.open();
  });

  it('shows initials where a picture does not come', async () => {
    const donor = await visit('en');
    await donor.open();
    await donor.start();
    const { rows } = await site.desk.db.query('SELECT id FROM tickets ORDER BY created_at DESC LIMIT 1');
    await site.desk.db.query(`UPDATE users SET avatar = '/api/v1/avatars/gone.webp' WHERE id = $1`, [
      site.desk.admin.id,
    ]);
    await ok(site.desk.admin.put(`/tickets/${rows[0].id}/assign`));
    const avatar = donor.panel.locator('.bar .avatar');
    await avatar.locator('img').waitFor({ state: 'hidden' });
    expect((await avatar.innerText()).trim()).not.toBe('');
  });
});

describeInBrowser('what the widget says where its page may not use the desk', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open({ corsOrigins: ['https://elsewhere.example'] });
  });
  afterAll(() => site.close());

  it.each(['en', 'de'])('says in %s what is missing, and to whom to say it', async (locale) => {
    const attributes = `data-locale="${locale}"`;
    const donor = await DonorPage.visit(browser(), site.page(`/blocked-${locale}`, { attributes }));
    await donor.open();
    await donor.panel.locator('.card').first().waitFor();
    await donor.panel.locator('.door').first().click();
    await donor.fill({ email: 'maria@example.org', name: 'Maria', message: 'Hello' });
    await donor.panel.locator('[type=submit]').click();
    await donor.panel.getByRole('alert').waitFor();
    await understood(donor.page, locale);
  });
});

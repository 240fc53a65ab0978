import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, faultsOf, useBrowser } from '../support/browser.js';
import { DonorPage, Site } from '../support/donor-page.js';

describeInBrowser('the widget on a page that CORS_ORIGINS does not list', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open({ corsOrigins: ['https://elsewhere.example'] });
  });
  afterAll(() => site.close());

  it.each([
    ['en', 'The chat does not work on this page yet.', ''],
    ['de', 'Der Chat funktioniert auf dieser Seite noch nicht.', ''],
    ['ar', 'لا تعمل المحادثة على هذه الصفحة بعد.', 'data-token="a.b.c"'],
  ])('says in %s what is missing, in the panel and in the console', async (locale, title, more) => {
    const attributes = `data-locale="${locale}" ${more}`;
    const donor = await DonorPage.visit(browser(), site.page(`/unlisted-${locale}`, { attributes }));
    await donor.open();
    const card = donor.panel.locator('.card', { hasText: title });
    await card.waitFor();
    const { origin } = new URL(donor.page.url());
    expect(await card.textContent()).toContain(origin);
    expect(faultsOf(donor.page).join('\n')).toContain(
      `Concierge: add ${origin} to CORS_ORIGINS of the desk at ${site.desk.server.url} and restart it.`,
    );
  });

  it('does not blame the settings when it is the network', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/away'));
    await donor.page.route('**/api/**', (route) => route.abort());
    await donor.page.route('**/widget/origin', (route) => route.fulfill({ json: { allowed: true } }));
    await donor.open();
    await donor.text('No conversations yet.').waitFor();
    await donor.page.waitForLoadState('networkidle');
    expect(await donor.panel.locator('.card').count()).toBe(0);
  });
});

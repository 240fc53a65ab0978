import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

describeInBrowser('the categories in the form of the widget', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
    await ok(site.desk.boss.post('/categories', { name: 'Legacies', names: { de: 'Vermächtnisse' } }), 201);
    const [first] = await ok(site.desk.admin.get('/categories'));
    await ok(site.desk.boss.delete(`/categories/${first.id}`));
  });
  afterAll(() => site.close());

  const openForm = async (donor: DonorPage) => {
    await donor.open();
    await donor.panel.locator('.door').first().click();
    await donor.panel.locator('.more summary').click();
    await donor.panel.locator('select').waitFor();
  };
  const reopenForm = async (donor: DonorPage) => {
    await donor.panel.locator('.bar button').first().click();
    await donor.panel.locator('.door').first().click();
    await donor.panel.locator('.more summary').click();
    await donor.panel.locator('select').waitFor();
  };
  const options = (donor: DonorPage) => donor.panel.locator('select option').allTextContents();

  it('are those that the desk offers, in the language of the page', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/', { attributes: 'data-locale="de"' }));
    await openForm(donor);
    await donor.panel.locator('option:has-text("Vermächtnisse")').waitFor({ state: 'attached' });
    expect(await options(donor)).not.toContain('Allgemeine Frage');
    expect(await options(donor)).toContain('Lob und Kritik');
    await donor.panel.locator('select').selectOption('Legacies');
    await donor.panel.locator('[name=email]').fill('maria@example.org');
    await donor.panel.locator('[name=message]').fill('My aunt left you something.');
    await donor.panel.locator('button[type=submit]').click();
    await donor.text('Vermächtnisse').waitFor();
    const { rows } = await site.desk.db.query('SELECT category FROM tickets');
    expect(rows).toEqual([{ category: 'Legacies' }]);
  });

  it('are the last known ones while the desk cannot be asked, and at first those that every desk starts with', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/'));
    const { page } = donor;
    await page.route('**/tickets/categories*', (route) => route.abort());
    await openForm(donor);
    expect(await options(donor)).toContain('General question');
    await page.unroute('**/tickets/categories*');
    await reopenForm(donor);
    await donor.panel.locator('option:has-text("Legacies")').waitFor({ state: 'attached' });
    await page.route('**/tickets/categories*', (route) => route.abort());
    await reopenForm(donor);
    expect(await options(donor)).toContain('Legacies');
    expect(await options(donor)).not.toContain('General question');
  });
});

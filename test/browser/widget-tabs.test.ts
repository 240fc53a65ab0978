import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, faultsOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

describeInBrowser('the widget in several tabs', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  });
  afterAll(() => site.close());

  /** Two tabs of one browser, both opened before anything is stored. */
  async function twoTabs(path: string): Promise<[DonorPage, DonorPage]> {
    const one = await DonorPage.visit(browser(), site.page(path));
    await one.open();
    const page = await one.page.context().newPage();
    await page.goto(site.page(path));
    const other = new DonorPage(page);
    await other.open();
    return [one, other];
  }

  it('loses no conversation that another tab has opened', async () => {
    const [one, other] = await twoTabs('/tabs');
    await one.start({ message: 'From the first tab' });
    // The tab that was there already learns of it, and goes on as the same guest.
    await other.text('From the first tab').waitFor();
    await other.start({ message: 'From the second tab' });
    await one.button('Back').click();
    await one.text('From the second tab').waitFor();
    await one.reload();
    await one.text('From the second tab').waitFor();
    await one.text('From the first tab').waitFor();
    const tickets = await ok(site.desk.admin.get('/tickets?q=tab'));
    expect(new Set(tickets.map(({ donorId }: { donorId: string }) => donorId)).size).toBe(1);
    for (const { page } of [one, other]) expect(faultsOf(page)).toEqual([]);
  });

  it('is one guest when two tabs open their first conversation at once', async () => {
    const [one, other] = await twoTabs('/race');
    await Promise.all([
      one.start({ message: 'Raced by one' }),
      other.start({ message: 'Raced by the other' }),
    ]);
    await one.reload();
    await one.panel.locator('.view.chat').waitFor();
    await one.button('Back').click();
    await one.text('Raced by one').waitFor();
    await one.text('Raced by the other').waitFor();
  });

  it('remembers in each tab what another one has read', async () => {
    const [one, other] = await twoTabs('/read');
    await one.start({ message: 'Please answer' });
    await one.isLive();
    await other.text('Please answer').waitFor();
    const [{ id }] = await ok(site.desk.admin.get('/tickets?q=answer'));
    await ok(site.desk.admin.post(`/tickets/${id}/messages`, { content: 'Here it is' }), 201);
    await one.log.getByText('Here it is').waitFor();
    await other.panel.locator('.ticket:not(.unread)').waitFor();
    await other.reload();
    await other.text('Please answer').waitFor();
    expect(await other.panel.locator('.ticket.unread').count()).toBe(0);
  });
});

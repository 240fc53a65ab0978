import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { TestApp } from '../support/app.js';
import { describeInBrowser, faultsOf, isPlaying, useBrowser } from '../support/browser.js';
import { DonorPage, Site } from '../support/donor-page.js';
import { hireAt, line, say, signInAt } from './dashboard-desk.js';

describeInBrowser('a donor and an admin', () => {
  jest.setTimeout(180_000);
  const browser = useBrowser();
  let site: Site;
  let server: TestApp;
  beforeAll(async () => {
    site = await Site.open();
    server = site.desk.server;
  }, 60_000);
  afterAll(() => site.close());

  it('meet: a question, an answer, a call that both see, and a rating', async () => {
    const staff = await browser().page();
    await staff.goto(`${server.url}/dashboard`);
    await signInAt(staff, await hireAt(server, { name: 'Ada Lovelace' }));
    await staff.getByRole('heading', { name: 'Board' }).waitFor();

    // The donor opens the widget on the charity's page; the board shows the ticket by itself.
    const donor = await DonorPage.visit(browser(), site.page('/'));
    await donor.open();
    await donor.start({ message: 'Where is my receipt?' });
    const card = staff.getByRole('region', { name: 'New' }).getByRole('link', { name: /Maria/ });
    await card.click();
    await staff.getByText('Where is my receipt?').first().waitFor();
    await staff.getByRole('button', { name: 'Accept', exact: true }).click();

    // They write to each other.
    await say(staff, 'Hello Maria, I have sent it again.');
    await donor.text('Hello Maria, I have sent it again.').waitFor();
    await donor.write('It is here! May I ask something by phone?');
    await line(staff, 'It is here! May I ask something by phone?').waitFor();

    // The donor asks for a call; it rings, and both see the other move.
    await donor.button('Ask for a call').click();
    await donor.button('Video').click();
    await staff.getByRole('article', { name: 'Maria' }).getByRole('button', { name: 'Accept' }).click();
    await donor.button('Join the call').click();
    const panel = staff.getByRole('region', { name: 'Call', exact: true });
    await panel.getByText('Connected').waitFor();
    expect(await isPlaying(staff, panel.getByLabel('Video of Maria'))).toBe(true);
    expect(await isPlaying(donor.page, donor.panel.locator('.remote video'))).toBe(true);
    await panel.getByRole('button', { name: 'Hang up' }).click();
    await panel.waitFor({ state: 'detached' });
    await donor.button('Join the call').waitFor({ state: 'detached' });

    // It is solved, and the donor says how it was.
    await staff.getByRole('button', { name: 'Resolve' }).click();
    await donor.panel.getByRole('radio', { name: '5 stars' }).check();
    await donor.button('Send rating').click();
    await staff.getByRole('img', { name: '5 of 5' }).waitFor();
    expect([...faultsOf(staff), ...faultsOf(donor.page)]).toEqual([]);
  });
});

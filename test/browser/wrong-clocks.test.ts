import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, faultsOf, useBrowser } from '../support/browser.js';
import { DonorPage, Site } from '../support/donor-page.js';
import { hireAt, signInAt } from './dashboard-desk.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Gives a page a clock that is this many milliseconds fast. */
const isFast = (page: Page, ms: number): Promise<unknown> =>
  page.addInitScript(`{
    const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...given) { given.length === 0 ? super(Right.now() + ${ms}) : super(...given); }
      static now() { return Right.now() + ${ms}; }
    };
  }`);

describeInBrowser('computers with wrong clocks', () => {
  jest.setTimeout(120_000);
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  }, 60_000);
  afterAll(() => site.close());

  async function staffPage(fast: number): Promise<Page> {
    const page = await browser().page();
    await isFast(page, fast);
    await page.goto(`${site.desk.server.url}/dashboard`);
    await signInAt(page, await hireAt(site.desk.server, { name: 'Ada' }));
    return page;
  }

  async function donorPage(fast: number, path: string): Promise<DonorPage> {
    const page = await browser().page();
    await isFast(page, fast);
    await page.goto(site.page(path));
    const donor = new DonorPage(page);
    await donor.open();
    return donor;
  }

  it.each([10 * MINUTE, -10 * MINUTE])('let a call ring for its two minutes: %d ms', async (fast) => {
    const name = fast > 0 ? 'Fay' : 'Sloane';
    const staff = await staffPage(fast);
    await staff.getByRole('heading', { name: 'Board' }).waitFor();
    const donor = await donorPage(-fast, '/');
    await donor.start({ name });
    await donor.isLive();
    await donor.button('Ask for a call').click();
    await donor.button('Video').click();
    await donor.panel.locator('.countdown').waitFor();
    expect(await donor.panel.locator('.countdown').innerText()).toMatch(/^(2:00|1:\d\d) left$/);
    const ring = staff.getByRole('article', { name });
    await ring.waitFor();
    expect(Number(/(\d+) s left/.exec(await ring.innerText())?.[1])).toBeLessThanOrEqual(121);
    await ring.getByRole('button', { name: 'Decline' }).click();
    await donor.text('Not right now, sorry').waitFor();
    expect([...faultsOf(staff), ...faultsOf(donor.page)]).toEqual([]);
  });

  it('show when something was written by the clock of the desk', async () => {
    const donor = await donorPage(2 * DAY, '/days');
    await donor.start({ name: 'Tomoe', message: 'Good morning' });
    await donor.log.getByText('Today', { exact: true }).waitFor();
    const staff = await staffPage(2 * DAY);
    const card = staff.getByRole('region', { name: 'New' }).getByRole('link', { name: /Tomoe/ });
    await card.waitFor();
    expect(await card.innerText()).toMatch(/\bwaiting \d min\b/);
  });
});

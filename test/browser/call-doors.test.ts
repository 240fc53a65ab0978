import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Clock } from '../../src/platform/clock/clock.js';
import { createTicket } from '../factories/ticket.factory.js';
import { describeInBrowser, faultsOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';
import { enterAt, hireAt } from './dashboard-desk.js';

const MINUTE = 60_000;

/** Each way in which a donor asks for a call in the widget. */
const DOORS: Record<string, (donor: DonorPage, name: string) => Promise<void>> = {
  '“Ask for a call” on the first page': (donor, name) => donor.start({ door: 1, name }),
  '“Ask for a video call” on the first page': (donor, name) => donor.start({ door: 2, name }),
  'the telephone in a conversation': async (donor, name) => {
    await donor.start({ name });
    await donor.button('Ask for a call').click();
    await donor.button('Video').click();
  },
};

describeInBrowser('a donor in the widget and staff on the dashboard', () => {
  jest.setTimeout(180_000);
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  }, 60_000);
  afterAll(() => site.close());

  async function staffAt(path: string): Promise<Page> {
    const page = await browser().page();
    const { server } = site.desk;
    await enterAt(page, server.url + path, await hireAt(server, { name: 'Ada Lovelace' }));
    return page;
  }
  async function donorThrough(door: string, name: string): Promise<DonorPage> {
    const donor = await DonorPage.visit(browser(), site.page('/'));
    await donor.open();
    await DOORS[door]!(donor, name);
    return donor;
  }
  /** The desk's decisions are those of this much later. */
  const pass = (ms: number) =>
    jest
      .spyOn(site.desk.server.app.get(Clock, { strict: false }), 'now')
      .mockImplementation(() => new Date(Date.now() + ms));
  const callOf = async (donorName: string) => {
    const { rows } = await site.desk.db.query(
      'SELECT c.* FROM calls c JOIN tickets t ON t.id = c.ticket_id WHERE t.donor_name = $1',
      [donorName],
    );
    return rows[0];
  };
  const ring = (page: Page, name: string) => page.getByRole('article', { name });
  const expectNoFaults = (...pages: Page[]) => expect(pages.flatMap((page) => faultsOf(page))).toEqual([]);

  describe.each(Object.keys(DOORS))('%s', (door) => {
    it('rings, and who accepts meets the donor; a donor who closes the page has left', async () => {
      const staff = await staffAt('/dashboard');
      await staff.getByRole('heading', { name: 'Board' }).waitFor();
      const name = `Maria ${door.length}`;
      const donor = await donorThrough(door, name);
      await donor.text('We are looking for somebody to take your call').waitFor();
      await donor.text(/^[12]:\d\d left$/).waitFor();

      await ring(staff, name).getByRole('button', { name: 'Accept' }).click();
      await donor.text('Ada Lovelace is waiting for you').waitFor();
      await donor.button('Join the call').click();
      const panel = staff.getByRole('region', { name: 'Call', exact: true });
      await panel.getByText('Connected').waitFor();
      await donor.panel.locator('.remote').waitFor();
      expectNoFaults(staff, donor.page);

      await donor.page.close();
      await panel.getByText('Connected').waitFor({ state: 'detached' });
      expect(await callOf(name)).toMatchObject({ status: 'active' });
      pass(MINUTE);
      await panel.waitFor({ state: 'detached' });
      expect(await callOf(name)).toMatchObject({ status: 'ended', end_reason: 'left' });
      expectNoFaults(staff);
    });

    it('is missed when nobody comes, and both sides see the callback until it is done', async () => {
      const staff = await staffAt('/dashboard');
      await staff.getByRole('heading', { name: 'Board' }).waitFor();
      const name = `Vera ${door.length}`;
      const donor = await donorThrough(door, name);
      await ring(staff, name).waitFor();
      pass(5 * MINUTE);
      await staff.getByText('Missed call').waitFor();
      await donor.text('Sorry, we missed you').waitFor();
      await donor.text(/^Nobody could answer\. We will call you back here by /).waitFor();

      await staff.getByRole('link', { name: /^Callbacks \d+$/ }).click();
      const row = staff.getByRole('row', { name: new RegExp(name) });
      await row.getByText(/^Call back by /).waitFor();
      await row.getByRole('link').click();
      const notice = staff.getByRole('status').filter({ hasText: 'promised a call' });
      await notice.waitFor();

      await donor.button('Leave a phone number').click();
      await donor.panel.getByLabel('Your phone number').fill('call me');
      await donor.button('Call me back').click();
      await donor.text('This does not look like a phone number').waitFor();
      await donor.panel.getByLabel('Your phone number').fill('+49 30 1234567');
      await donor.button('Call me back').click();
      await donor.text('We will call you back').waitFor();
      await donor.text(/^By .*\+49\s30\s1234567/).waitFor();
      await notice.getByRole('link', { name: '+49 30 1234567' }).waitFor();

      await notice.getByRole('button', { name: 'Called back' }).click();
      await notice.waitFor({ state: 'detached' });
      await donor.text(/call you back/).waitFor({ state: 'detached' });
      expect(faultsOf(donor.page)).toEqual([expect.stringMatching(/status of 400/)]);
      expectNoFaults(staff);
    });
  });

  it('that is overdue says so wherever it is shown, and a call by staff settles it', async () => {
    const ticket = await createTicket(site.desk.server, { donorName: 'Olga' });
    pass(-60 * MINUTE);
    await ok(ticket.donor.put(`/tickets/${ticket.id}/callback`, { phone: '030 123456' }));
    jest.restoreAllMocks();
    const staff = await staffAt('/dashboard');
    const card = staff.getByRole('link', { name: /Olga/ });
    await card.getByText('Callback overdue').waitFor();
    await staff.goto(`${site.desk.server.url}/dashboard/tickets?callback=overdue`);
    const row = staff.getByRole('row', { name: /Olga/ });
    await row.getByText('Callback overdue').waitFor();
    await row.getByRole('link').click();
    await staff.getByText(/It is overdue\./).waitFor();
    await staff.getByRole('button', { name: 'Call', exact: true }).click();
    await staff.getByRole('menuitem', { name: 'Audio call' }).click();
    await staff.getByRole('button', { name: 'Call now' }).click();
    await staff.getByText(/It is overdue\./).waitFor({ state: 'detached' });
    await staff.getByRole('button', { name: 'Hang up' }).click();
    expectNoFaults(staff);
  });
});

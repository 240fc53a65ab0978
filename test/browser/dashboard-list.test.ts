import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { eventually, useDashboard } from './dashboard-desk.js';

const LIST = '/dashboard/tickets';

describeInBrowser('the list of tickets', () => {
  const desk = useDashboard();

  const row = (page: Page, subject: string) => page.getByRole('row').filter({ hasText: subject });
  const choose = (page: Page, subject: string) => row(page, subject).getByRole('checkbox').check();

  it('filters by status, owner and words, and the address says so', async () => {
    const { ada, open, ticket } = desk();
    const mine = await ticket({ subject: 'Filter: mine', priority: 'high' });
    await ticket({ subject: 'Filter: nobody’s' });
    await ok(ada.put(`/tickets/${mine.id}/assign`));
    const page = await open(ada, LIST);
    await page
      .getByRole('textbox', { name: 'Owner' })
      .or(page.getByRole('combobox', { name: 'Owner' }))
      .first()
      .click();
    await page.getByRole('option', { name: 'Mine' }).click();
    await row(page, 'Filter: mine').waitFor();
    expect(await row(page, 'Filter: nobody’s').count()).toBe(0);
    await eventually(page, "location.search.includes('owner=me')");

    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Resolved' }).click();
    await page.getByText('No ticket matches.').waitFor();
    await page.getByRole('option', { name: 'In progress' }).click();
    await page.keyboard.press('Escape');
    await row(page, 'Filter: mine').waitFor();
    await page.reload();
    await row(page, 'Filter: mine').waitFor();
    await eventually(page, "location.search.includes('status=pending%2Cresolved')");

    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await row(page, 'Filter: nobody’s').waitFor();
    await page.getByRole('searchbox', { name: 'Number, name, email or words' }).fill('nobody');
    await row(page, 'Filter: mine').waitFor({ state: 'detached' });
    await row(page, 'Filter: nobody’s').waitFor();
  });

  it('searches from the header, on any page', async () => {
    const { ada, open, ticket } = desk();
    await ticket({ subject: 'A needle', description: 'xylophone' });
    const page = await open(ada);
    await page.keyboard.press('/');
    await page.keyboard.type('xylophone');
    await page.keyboard.press('Enter');
    await row(page, 'A needle').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });

  it('changes many at once, and tells what became of each', async () => {
    const { ada, bo, open, ticket } = desk();
    const free = await ticket({ subject: 'Bulk: free' });
    const taken = await ticket({ subject: 'Bulk: taken' });
    await ok(bo.put(`/tickets/${taken.id}/assign`));
    const page = await open(ada, `${LIST}?q=Bulk`);
    await choose(page, 'Bulk: free');
    await choose(page, 'Bulk: taken');
    await page.getByText('2 selected').waitFor();
    await page.getByRole('button', { name: 'Assign to me' }).click();
    await page.getByText('1 done, 1 not possible.').waitFor();
    await page.getByText(`${taken.created.number}: Bo has already taken this ticket.`).waitFor();
    await row(page, 'Bulk: free').getByText('Ada').waitFor();
    expect((await ok(ada.get(`/tickets/${free.id}`))).adminId).toBe(ada.id);
  });

  it('asks a super admin before it deletes many, and does not offer that to others', async () => {
    const { ada, cleo, open, ticket } = desk();
    const spam = await ticket({ subject: 'Spamspam one' });
    await ticket({ subject: 'Spamspam two' });
    const withoutIt = await open(ada, `${LIST}?q=Spamspam`);
    await withoutIt.getByRole('checkbox', { name: 'Select all' }).check();
    await withoutIt.getByRole('button', { name: 'Close', exact: true }).waitFor();
    expect(await withoutIt.getByRole('button', { name: 'Delete', exact: true }).count()).toBe(0);
    const page = await open(cleo, `${LIST}?q=Spamspam`);
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const question = page.getByRole('dialog');
    await question.getByText('these 2 tickets').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect((await ada.get(`/tickets/${spam.id}`)).status).toBe(200);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await question.getByRole('button', { name: 'Delete permanently' }).click();
    await page.getByText('2 done.').waitFor();
    expect((await ada.get(`/tickets/${spam.id}`)).status).toBe(404);
  });

  it('keeps a view under a name', async () => {
    const { ada, open } = desk();
    const page = await open(ada, `${LIST}?status=resolved&priority=high`);
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Hard ones');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await eventually(page, "location.search === ''");
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('button', { name: 'Hard ones', exact: true }).click();
    await eventually(
      page,
      "location.search.includes('status=resolved') && location.search.includes('priority=high')",
    );
  });

  it('does not move rows while somebody reads: it tells what has changed', async () => {
    const { ada, open, ticket } = desk();
    const still = await ticket({ subject: 'Steady one' });
    await ticket({ subject: 'Steady two' });
    const page = await open(ada, `${LIST}?q=Steady`);
    await row(page, 'Steady two').waitFor();
    await ticket({ subject: 'Steady three' });
    const show = page.getByRole('button', { name: 'Show 1 change' });
    await show.waitFor();
    expect(await row(page, 'Steady three').count()).toBe(0);
    await ok(ada.patch(`/tickets/${still.id}`, { priority: 'urgent' }));
    await row(page, 'Steady one').getByText('Urgent').waitFor();
    await show.click();
    await row(page, 'Steady three').waitFor();
  });

  it('loads more on demand', async () => {
    const { ada, open, ticket } = desk();
    for (let n = 1; n <= 55; n++) await ticket({ subject: `Paged number ${n}` });
    const page = await open(ada, `${LIST}?q=Paged`);
    await page.getByText('55 tickets').waitFor();
    expect(await page.getByRole('row').count()).toBe(51);
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByRole('button', { name: 'Load more' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('row').count()).toBe(56);
  });

  it('says that it cannot load', async () => {
    const { ada, open } = desk();
    const page = await open(ada, '/dashboard', { faults: [/status of 400/] });
    await page.route('**/api/v1/tickets?*', (route) =>
      route.fulfill({ status: 400, json: { error: 'BAD_REQUEST', message: 'Not like this.' } }),
    );
    await page.getByRole('link', { name: 'All tickets' }).click();
    await page.getByRole('alert').getByText('Not like this.').waitFor();
    await page.unroute('**/api/v1/tickets?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table').waitFor();
  });

  it('is a list of cards on a phone, without anything to scroll sideways', async () => {
    const { ada, open, ticket } = desk();
    await ticket({ subject: 'Pocket sized' });
    const page = await open(ada, `${LIST}?sort=created`, { width: 375 });
    await page.getByRole('link', { name: 'Pocket sized' }).waitFor();
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: 'Status' }).waitFor();
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

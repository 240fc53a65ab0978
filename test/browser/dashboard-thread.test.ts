import { expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { postMessage } from '../factories/message.factory.js';
import { describeInBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { until } from '../support/job-nodes.js';
import { eventually, line, pathOf, say, useDashboard } from './dashboard-desk.js';

const isInView = (words: Locator): Promise<boolean> =>
  words.evaluate((element) => {
    const [box, { top, bottom }] = [
      element.closest('[role=log]')!.getBoundingClientRect(),
      element.getBoundingClientRect(),
    ];
    return top >= box.top && bottom <= box.bottom;
  });

describeInBrowser('the thread of a ticket on the dashboard', () => {
  const desk = useDashboard();

  it('opens where reading begins, groups a minute’s lines, and makes links of addresses', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    await ok(ada.put(`/tickets/${opened.id}/assign`));
    for (let count = 1; count <= 40; count += 1)
      await postMessage(opened.donor, opened.id, { content: `Line ${count}` });
    await postMessage(ada, opened.id);
    await ok(ada.post(`/tickets/${opened.id}/messages/mark-read`, { senderType: 'donor' }));
    for (let count = 41; count <= 80; count += 1)
      await postMessage(opened.donor, opened.id, { content: `Line ${count}` });
    await postMessage(opened.donor, opened.id, {
      content: 'See https://example.org/receipt, or me@example.org.',
    });

    const page = await open(ada, pathOf(opened));
    const first = line(page, 'Line 41');
    await page.getByText('New messages').waitFor();
    expect(await isInView(first)).toBe(true);
    expect(await isInView(line(page, 'Line 80'))).toBe(false);
    const links = page.getByRole('log').getByRole('link');
    expect(
      await links.evaluateAll((all) =>
        all.map((link) => [link.getAttribute('href'), link.getAttribute('rel')]),
      ),
    ).toEqual([
      ['https://example.org/receipt', 'noopener noreferrer nofollow ugc'],
      ['mailto:me@example.org', 'noopener noreferrer nofollow ugc'],
    ]);
    // Two groups of the donor, and one of staff, unless a minute ended in between.
    expect(await page.getByRole('log').locator('time').count()).toBeLessThan(10);
    await say(page, 'Thank you.');
    await page.getByText('New messages').waitFor({ state: 'detached' });
  });

  it('tells the reader what they did, and others who did it', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket();
    await ok(ada.put(`/tickets/${opened.id}/assign`));
    await ok(ada.put(`/tickets/${opened.id}/resolve`));
    const page = await open(ada, pathOf(opened));
    await page.getByText(/^You accepted this ticket\./).waitFor();
    await page.getByText(/^You resolved this after 1 min\./).waitFor();
    const other = await open(bo, pathOf(opened));
    await other.getByText(/^Ada is now helping the donor\./).waitFor();
    await other.getByText(/^Ada resolved this after 1 min\./).waitFor();
  });

  it('has on another device what was written on this one, until it is sent', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    const field = (page: Page) => page.getByRole('textbox', { name: 'Write to the donor' });
    const here = await open(ada, pathOf(opened));
    const kept = () => ok(ada.get(`/tickets/${opened.id}/drafts`));
    await field(here).fill('Dear Dora,');
    await until(async () => (await kept()).reply === 'Dear Dora,');
    const there = await open(ada, pathOf(opened));
    await there.getByText('Dear Dora,', { exact: true }).waitFor();
    await say(there, 'Dear Dora, thank you.');
    await until(async () => (await kept()).reply === null);
    await here.reload();
    await line(here, 'Dear Dora, thank you.').waitFor();
    await eventually(here, `document.querySelector('textarea').value === ''`);
  });

  it('loads earlier messages on demand', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    for (let n = 1; n <= 120; n++)
      await ok(opened.donor.post(`/tickets/${opened.id}/messages`, { content: `Line ${n}` }), 201);
    const page = await open(ada, pathOf(opened));
    await line(page, 'Line 120').waitFor();
    expect(await line(page, 'Line 5').count()).toBe(0);
    await page.getByRole('button', { name: 'Show earlier messages' }).click();
    await line(page, 'Line 5').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Show earlier messages' }).waitFor({ state: 'detached' });
  });
});

import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { postMessage } from '../factories/message.factory.js';
import { describeInBrowser, seriousFaults } from '../support/browser.js';
import { ok } from '../support/client.js';
import { until } from '../support/ticket-viewer.js';
import { eventually, line, pathOf, useDashboard } from './dashboard-desk.js';

const HAS_DOT = `document.querySelector('link[rel="icon"]').href.includes('circle')`;

const link = (page: Page, name: RegExp) => page.getByRole('link', { name });

describeInBrowser('what is unread', () => {
  const desk = useDashboard();

  it('shows on each page until the person opens the ticket, and then on no tab of theirs', async () => {
    const { open, provisionStaff, ticket, server } = desk();
    const una = await provisionStaff('Una');
    const { id, donor } = await ticket({ donorName: 'Dora', subject: 'My receipt' });
    await ok(una.put(`/tickets/${id}/assign`));
    await ok(una.post(`/tickets/${id}/messages/mark-read`, { senderType: 'donor' }));
    const page = await open(una, '/dashboard/notifications');
    const [loads, loaded]: [string[], string[]] = [[], []];
    page.on('request', (request) => loads.push(new URL(request.url()).pathname));
    page.on('requestfinished', (request) => loaded.push(new URL(request.url()).pathname));
    await page.reload();
    // When its socket has joined the page loads what is unread once more, and from then on hears everything. What it hears during a
    // load it asks for again.
    const isUnread = (path: string) => path.endsWith('/me/unread');
    const unreadLoads = () => loads.filter(isUnread);
    await until(() => loaded.filter(isUnread).length >= 2);
    loads.length = 0;
    const other = await page.context().newPage();
    await other.goto(`${server.url}/dashboard`);
    const pages = [page, other];
    for (const tab of pages) await link(tab, /^Mine$/).waitFor();

    await postMessage(donor, id, { content: 'Are you there?' });
    await postMessage(donor, id, { content: 'I still wait' });
    for (const tab of pages) {
      await link(tab, /^Mine 1 ticket with unread messages$/).waitFor();
      await eventually(tab, `document.title === '(1) Concierge' && ${HAS_DOT}`);
    }
    const card = other.getByRole('region', { name: 'In progress' }).getByRole('link', { name: /My receipt/ });
    await card.getByRole('img', { name: '2 unread' }).waitFor();
    await card.getByText('I still wait').waitFor();
    expect(await seriousFaults(other)).toEqual([]);
    expect(unreadLoads()).toEqual([]);

    await link(page, /^Mine/).click();
    const row = page.locator('[data-ticket]').filter({ hasText: 'My receipt' });
    await row.getByRole('img', { name: '2 unread' }).waitFor();
    await row.getByRole('link').click();
    await line(page, 'I still wait').waitFor();
    for (const tab of pages) {
      await link(tab, /^Mine$/).waitFor();
      await eventually(tab, `!document.title.startsWith('(') && !${HAS_DOT}`);
    }
    await card.getByRole('img', { name: '2 unread' }).waitFor({ state: 'detached' });
    expect(page.url()).toContain(pathOf({ id }));
    await eventually(page, `document.title.includes('Dora') && document.title.endsWith('Concierge')`);
  });

  it('has soft sounds, which a person tries and chooses in their settings', async () => {
    const { open, provisionStaff, ticket } = desk();
    const vic = await provisionStaff('Vic');
    const page = await open(vic, '/dashboard/notifications');
    await page.evaluate(`(() => {
      window.sounds = 0;
      window.AudioContext = class extends AudioContext {
        constructor() {
          super();
          sounds += 1;
        }
      };
    })()`);
    await page.getByRole('button', { name: 'Play: A new ticket' }).click();
    await eventually(page, 'sounds === 1');
    await ticket({ subject: 'With a sound' });
    await eventually(page, 'sounds === 2');
    const box = page.getByRole('checkbox', { name: 'A new ticket', exact: true });
    await box.uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const { id, donor } = await ticket({ subject: 'Without a sound' });
    await ok(vic.put(`/tickets/${id}/assign`));
    await link(page, /^Mine 1 ticket/).waitFor();
    expect(await page.evaluate('sounds')).toBe(2);
    // The one before must have ended: tabs play one at a time.
    await eventually(page, `navigator.locks.query().then(({ held }) => held.length === 0)`);
    await postMessage(donor, id);
    await eventually(page, 'sounds === 3');
  });
});

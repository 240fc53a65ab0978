import { expect, it } from '@jest/globals';
import { describeInBrowser, seriousFaults } from '../support/browser.js';
import { ok } from '../support/client.js';
import { eventually, line, pathOf, useDashboard } from './dashboard-desk.js';

describeInBrowser('notification settings', () => {
  const desk = useDashboard({}, { withNotices: true });

  it('are found in the menu, changed, and kept', async () => {
    const { provisionStaff, open } = desk();
    const dana = await provisionStaff('Dana');
    const page = await open(dana);
    await page.getByRole('button', { name: /^Dana,/ }).click();
    await page.getByRole('menuitem', { name: 'Notifications', exact: true }).click();
    await page.getByRole('heading', { name: 'Notifications' }).waitFor();
    await page.getByText('Email is not set up on this desk.').waitFor();
    await page.getByRole('checkbox', { name: 'A donor writes on my ticket: Push' }).uncheck();
    await page.getByRole('checkbox', { name: 'Keep quiet hours' }).check();
    await page.getByLabel('From').fill('21:30');
    await page.getByLabel('Time zone').selectOption('Europe/Berlin');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await ok(dana.get('/users/me/notifications'))).toMatchObject({
      choices: { reply: { push: false, mail: true }, call: { push: true } },
      quietHours: { from: '21:30', to: '07:00', timeZone: 'Europe/Berlin' },
    });
    await page.reload();
    const box = page.getByRole('checkbox', { name: 'A donor writes on my ticket: Push' });
    await box.waitFor();
    expect(await box.isChecked()).toBe(false);
    expect(await page.getByLabel('From').inputValue()).toBe('21:30');
  });

  it.each([
    { width: 1280, colorScheme: 'light' },
    { width: 375, colorScheme: 'dark' },
  ] as const)('have no serious fault ($width, $colorScheme)', async (look) => {
    const { bo, open } = desk();
    const page = await open(bo, '/dashboard/notifications', { reducedMotion: 'reduce', ...look });
    await page.getByRole('checkbox', { name: 'Keep quiet hours' }).check();
    expect(await seriousFaults(page)).toEqual([]);
    const wide = `[...document.querySelectorAll('#content *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth)
      .map((element) => element.outerHTML.slice(0, 80))`;
    expect(await page.evaluate<string[]>(wide)).toEqual([]);
  });

  it('of the system come while the page is not in front, and open the ticket', async () => {
    const { ada, bo, open, ticket, server } = desk();
    const mine = await ticket();
    await ok(ada.put(`/tickets/${mine.id}/assign`));
    const page = await open(ada, '/dashboard/notifications');
    await page.context().grantPermissions(['notifications'], { origin: server.url });
    await page.reload();
    await page.getByRole('button', { name: 'Notify me on this device' }).click();
    await page.getByText('This device notifies you while Concierge is open in a tab.').waitFor();
    await page.goto(server.url + pathOf(mine));
    await page.getByRole('log').waitFor();
    // Headless Chromium shows no notification that could be looked at, and counts every page as in front.
    await page.evaluate(`(() => {
      window.shown = [];
      window.state = 'visible';
      window.Notification = class extends Notification {
        constructor(...args) {
          super(...args);
          shown.push(this);
        }
      };
      Object.defineProperty(document, 'visibilityState', { get: () => state });
    })()`);
    const shown = () => page.evaluate<string[][]>('shown.map(({ title, body, tag }) => [title, body, tag])');
    const write = (content: string) => ok(mine.donor.post(`/tickets/${mine.id}/messages`, { content }), 201);
    await write('While you look');
    await line(page, 'While you look').waitFor();
    await page.getByRole('link', { name: 'Board' }).click();
    await page.evaluate(`state = 'hidden'`);
    const theirs = await ticket();
    await ok(bo.put(`/tickets/${theirs.id}/assign`));
    await ok(theirs.donor.post(`/tickets/${theirs.id}/messages`, { content: 'Not for Ada' }), 201);
    await write('Anybody there?');
    const tag = `concierge-${mine.id}`;
    await eventually(page, `shown.some(({ body }) => body === 'Anybody there?')`);
    expect((await shown()).filter(([title]) => title?.includes('writes'))).toEqual([
      ['Concierge: A donor writes on my ticket', 'Anybody there?', tag],
    ]);
    await page.evaluate(`shown.find((notice) => notice.tag === '${tag}').onclick()`);
    await line(page, 'Anybody there?').waitFor();
    expect(new URL(page.url()).pathname).toBe(pathOf(mine));
  });

  it('a reminder that cannot be sent says why', async () => {
    const { ada, open, ticket } = desk();
    const page = await open(ada, pathOf(await ticket()), { faults: [/status of 409/] });
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Remind the donor' }).click();
    await page.getByRole('alert').getByText('This donor cannot be reached').waitFor();
  });
});

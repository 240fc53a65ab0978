import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { TicketFixture } from '../factories/ticket.factory.js';
import { describeInBrowser, GOOD_LOOKS, looksOf } from '../support/browser.js';
import { ok } from '../support/client.js';
import { eventually, line, pathOf, useDashboard } from './dashboard-desk.js';

/** Without motion, so that nothing is looked at while it fades in. */
const STILL = { reducedMotion: 'reduce' } as const;
const LOOKS = [
  { ...STILL, width: 1280 },
  { ...STILL, width: 375 },
] as const;

describeInBrowser('access to the dashboard', () => {
  const desk = useDashboard();

  /** A ticket with one of everything on it. */
  async function rich(): Promise<TicketFixture> {
    const { ada, bo, ticket } = desk();
    const opened = await ticket({
      description: 'What is this charge?',
      priority: 'urgent',
      category: 'Payment and refunds',
      context: { page: 'https://charity.example' },
    });
    const at = `/tickets/${opened.id}`;
    await ok(ada.put(`${at}/assign`));
    await ok(ada.post(`${at}/messages`, { content: 'Looking into it.' }), 201);
    await ok(ada.post(`${at}/notes`, { content: 'Known problem.' }), 201);
    await ok(opened.donor.post(`${at}/messages`, { content: 'Thank you.' }), 201);
    await ok(ada.patch(at, { tags: ['vip'] }));
    await ok(ada.post(`${at}/transfer`, { toAdminId: bo.id, transferNotes: 'Please finish.' }));
    return opened;
  }

  /** The first Escape may only close a list of choices in the dialog. */
  const dismiss = async (page: Page): Promise<void> => {
    for (let presses = 0; presses < 2 && (await page.getByRole('dialog').count()) > 0; presses++) {
      await page.keyboard.press('Escape');
      await page.waitForTimeout(400);
    }
    await eventually(page, `document.querySelector('[aria-modal="true"]') === null`);
  };

  it.each(LOOKS)('has no serious fault at the door ($width px, light and dark)', async (look) => {
    const { browser, server } = desk();
    const page = await browser.page(look);
    await page.goto(`${server.url}/dashboard`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
  });

  it.each(LOOKS)('has no serious fault on any page ($width px, light and dark)', async (look) => {
    const { bo, open, server, ticket } = desk();
    const opened = await rich();
    const page = await open(bo, '/dashboard', look);
    await page.getByRole('region', { name: 'New' }).waitFor();
    expect({ board: await looksOf(page) }).toEqual({ board: GOOD_LOOKS });

    await page.goto(`${server.url}/dashboard/tickets`);
    await page.getByText(opened.created.number).first().waitFor();
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    expect({ list: await looksOf(page) }).toEqual({ list: GOOD_LOOKS });

    await page.goto(server.url + pathOf(opened));
    await line(page, 'Looking into it.').waitFor();
    const caller = await ticket({ donorName: `Ringing ${look.width}` });
    const request = await ok(
      caller.donor.post(`/tickets/${caller.id}/call-requests`, { mode: 'audio', message: 'Please' }),
      201,
    );
    await page.getByRole('article', { name: `Ringing ${look.width}` }).waitFor();
    expect({ ticket: await looksOf(page) }).toEqual({ ticket: GOOD_LOOKS });
    await ok(bo.post(`/call-requests/${request.id}/reject`));

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Transfer' }).waitFor();
    expect({ menu: await looksOf(page) }).toEqual({ menu: GOOD_LOOKS });
    await page.getByRole('menuitem', { name: 'Transfer' }).click();
    await page.getByRole('dialog').waitFor();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect({ dialog: await looksOf(page) }).toEqual({ dialog: GOOD_LOOKS });
    await dismiss(page);
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Video call' }).click();
    await page.getByLabel('Microphone').waitFor();
    expect({ lobby: await looksOf(page) }).toEqual({ lobby: GOOD_LOOKS });
    await page.getByRole('button', { name: 'Call now' }).click();
    await page.getByText('Waiting for the donor…').waitFor();
    await page.getByRole('button', { name: 'Camera', exact: true }).click();
    await page.getByRole('button', { name: 'Devices' }).click();
    expect({ call: await looksOf(page) }).toEqual({ call: GOOD_LOOKS });
    await page.getByRole('button', { name: 'Hang up' }).click();
  });

  it('can be worked by the keyboard alone', async () => {
    const { ada, browser, server, ticket } = desk();
    const opened = await ticket({ donorName: 'Keyboard Kim', subject: 'No mouse' });
    const page = await browser.page();
    await page.goto(`${server.url}/dashboard/tickets?q=mouse`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    const type = (text: string) => page.keyboard.type(text);
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await type(ada.username);
    await press('Tab');
    await type(ada.password);
    await press('Enter');
    const link = page.getByRole('link', { name: 'No mouse' });
    await link.waitFor();
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    for (let steps = 0; steps < 40 && (await focused()) !== 'No mouse'; steps++) await press('Tab');
    await press('Enter');
    await page.getByRole('heading', { name: 'No mouse' }).waitFor();
    await page.getByRole('button', { name: 'Accept', exact: true }).waitFor();

    await page.locator('#content').focus();
    await press('a');
    await page.getByText('In progress', { exact: true }).waitFor();
    await press('r');
    await type('Typed, not clicked.');
    await press('Enter');
    await line(page, 'Typed, not clicked.').waitFor();

    await page.locator('#content').focus();
    await press('n');
    await page.getByRole('textbox', { name: 'Write a note for staff' }).waitFor();
    await eventually(page, "document.activeElement.getAttribute('aria-label') === 'Write a note for staff'");
    await type('Kim is fast.');
    await press('Enter');
    await line(page, 'Kim is fast.').waitFor();

    await page.locator('#content').focus();
    await press('t');
    const dialog = page.getByRole('dialog', { name: 'Transfer this ticket' });
    await dialog.waitFor();
    await eventually(page, "document.activeElement.closest('[role=dialog]') !== null");
    await dismiss(page);
    await press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await dismiss(page);
    await page.locator('#content').focus();
    await press('e');
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    expect((await ok(ada.get(`/tickets/${opened.id}`))).status).toBe('resolved');
    await page.locator('#content').focus();
    await press('g', 'b');
    await page.getByRole('heading', { name: 'Board' }).waitFor();
  });
});

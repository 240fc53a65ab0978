import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { line, pathOf, say, signInAt, useDashboard } from './dashboard-desk.js';

const FILTERED = '/dashboard/tickets?status=resolved';

const field = (page: Page) => page.getByRole('textbox', { name: 'Write to the donor' });

async function saveView(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill(name);
  await page.keyboard.press('Enter');
}

/** The names of the saved views. */
async function views(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Saved views' }).click();
  const list = page.getByRole('dialog', { name: 'Saved views' });
  await list.waitFor();
  const names = await list.getByRole('button', { name: /^Remove/ }).allInnerTexts();
  const shown = (await list.innerText()).split('\n').filter(Boolean);
  return names.length === 0 ? [] : shown;
}

describeInBrowser('what the dashboard keeps in a browser', () => {
  const desk = useDashboard();

  it('belongs to the person, not to the computer', async () => {
    const { ada, bo, open, ticket, server } = desk();
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    await field(page).fill('A draft of Ada');
    await page.goto(server.url + FILTERED);
    await saveView(page, 'Of Ada');
    await page.getByRole('button', { name: 'Ada' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Username').waitFor();
    await signInAt(page, bo);
    await page.goto(server.url + FILTERED);
    expect(await views(page)).toEqual([]);
    await page.goto(server.url + pathOf(opened));
    await field(page).waitFor();
    expect(await field(page).inputValue()).toBe('');
    await page.getByRole('button', { name: 'Bo' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Username').waitFor();
    await signInAt(page, ada);
    await page.goto(server.url + pathOf(opened));
    await field(page).waitFor();
    expect(await field(page).inputValue()).toBe('A draft of Ada');
  });

  it('loses nothing that another tab has saved meanwhile', async () => {
    const { ada, open, server } = desk();
    const page = await open(ada, FILTERED);
    const other = await page.context().newPage();
    // This tab hears nothing of what the first one stores.
    await other.addInitScript(
      `addEventListener('storage', (event) => event.stopImmediatePropagation(), true)`,
    );
    await other.goto(server.url + FILTERED);
    await other.getByRole('button', { name: 'Save this view' }).waitFor();
    await saveView(page, 'From the first tab');
    await saveView(other, 'From the second tab');
    expect(await views(page)).toEqual(['From the first tab', 'From the second tab']);
  });

  it('of an earlier version goes to the first who signs in, and to nobody after them', async () => {
    const { ada, bo, open, server } = desk();
    const page = await open(ada);
    await page.evaluate(
      `localStorage.setItem('concierge:views', JSON.stringify([{ name: 'Earlier', search: { status: 'resolved' } }]))`,
    );
    await page.goto(server.url + FILTERED);
    expect(await views(page)).toEqual(['Earlier']);
    expect(await page.evaluate(`localStorage.getItem('concierge:views')`)).toBeNull();
    const there = await open(bo, FILTERED);
    expect(await views(there)).toEqual([]);
  });

  it('may be nothing at all: one writes and sends without storage', async () => {
    const { ada, browser, server, ticket } = desk();
    const opened = await ticket();
    const page = await browser.page();
    await page.addInitScript(`for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })`);
    await page.goto(server.url + pathOf(opened));
    await signInAt(page, ada);
    await say(page, 'Without storage');
    await line(page, 'Without storage').waitFor();
    expect(await field(page).inputValue()).toBe('');
  });
});

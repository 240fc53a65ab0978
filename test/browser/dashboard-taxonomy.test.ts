import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { pathOf, useDashboard } from './dashboard-desk.js';

/** Waits until a field shows this. */
async function untilShown(page: Page, field: string, value: string): Promise<void> {
  const input = page.getByRole('combobox', { name: field });
  while ((await input.inputValue()) !== value) await page.waitForTimeout(30);
}

describeInBrowser('categories and teams that the desk has added', () => {
  const desk = useDashboard();

  it('can be chosen for a ticket, and stay shown on it when they are archived', async () => {
    const { ada, cleo, open, ticket } = desk();
    const legacies = await ok(cleo.post('/categories', { name: 'Legacies' }), 201);
    await ok(cleo.post('/teams', { key: 'LEGAL', name: 'Legal advice' }), 201);
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    await page.getByRole('combobox', { name: 'Category' }).click();
    await page.getByRole('option', { name: 'Legacies' }).click();
    await untilShown(page, 'Category', 'Legacies');
    await page.getByRole('combobox', { name: 'Team' }).click();
    await page.getByRole('option', { name: 'Legal advice' }).click();
    await untilShown(page, 'Team', 'Legal advice');
    expect(await ok(ada.get(`/tickets/${opened.id}`))).toMatchObject({ category: 'Legacies', team: 'LEGAL' });
    await ok(cleo.delete(`/categories/${legacies.id}`));
    await page.reload();
    await untilShown(page, 'Team', 'Legal advice');
    await untilShown(page, 'Category', 'Legacies');
  });
});

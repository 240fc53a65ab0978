import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, stylesOf } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage } from '../support/donor-page.js';
import { line, pathOf, say, useDashboard } from './dashboard-desk.js';

/** Ends in signs that fall on the wrong side where a text takes the direction of what stands around it. */
const SUBJECT = 'لم يصلني الإيصال (رقم 42).';
const NAME = 'ليلى (حمدان)';
const ANSWER = 'شكرًا جزيلاً (فريق 7).';

/** Every text on the page with Arabic letters that is laid out from the left: its element and its beginning. */
const leftToRight = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const wrong = [];
    const fits = (element) => {
      const { direction, unicodeBidi } = getComputedStyle(element);
      return direction === 'rtl' || unicodeBidi === 'plaintext';
    };
    const look = (root) => {
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const { parentElement: parent, data } = node;
        if (!parent || parent.closest('style, script') || !/[\\u0600-\\u06ff]/.test(data)) continue;
        const isIsolated = /\\u2068[^\\u2069]*[\\u0600-\\u06ff]/.test(data);
        if (!fits(parent) && !isIsolated)
          wrong.push(parent.tagName + '.' + parent.className + ': ' + data);
      }
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) look(element.shadowRoot);
    };
    look(document);
    for (const field of document.querySelectorAll('input:not([type=hidden]), textarea'))
      if (/[\\u0600-\\u06ff]/.test(field.value) && !fits(field))
        wrong.push(field.tagName + ': ' + field.value);
    return wrong;
  })()`);

const shown = (page: Page, text: string) => page.getByText(text).first().waitFor();

describeInBrowser('texts from the right', () => {
  const desk = useDashboard();

  it('find their own direction in a ticket', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket({
      donorName: NAME,
      subject: SUBJECT,
      description: SUBJECT,
      context: { page: NAME },
    });
    await ok(opened.donor.post(`/tickets/${opened.id}/messages`, { content: SUBJECT }), 201);
    await ok(ada.post(`/tickets/${opened.id}/notes`, { content: ANSWER }), 201);
    await ok(ada.patch(`/tickets/${opened.id}`, { tags: ['تبرع'] }));
    await ok(ada.put(`/tickets/${opened.id}/assign`, {}));
    await ok(ada.post(`/tickets/${opened.id}/transfer`, { toAdminId: bo.id, transferNotes: ANSWER }));
    const page = await open(bo, pathOf(opened));
    await shown(page, SUBJECT);
    await shown(page, ANSWER);
    await page.getByRole('textbox', { name: 'Write to the donor' }).fill(ANSWER);
    await page.getByText(ANSWER).nth(1).waitFor();
    expect(await leftToRight(page)).toEqual([]);
    await say(page, ANSWER);
    await line(page, ANSWER).last().hover();
    await page.getByRole('button', { name: 'Change this message' }).click();
    await page.getByRole('menuitem', { name: 'Edit message' }).click();
    await page.getByRole('textbox', { name: 'Edit message' }).waitFor();
    expect(await leftToRight(page)).toEqual([]);
  });

  it.each([
    ['the board', '/dashboard', 1280],
    ['the list', '/dashboard/tickets', 1280],
    ['the list on a phone', '/dashboard/tickets', 375],
    ['the people', '/dashboard/people', 1280],
    ['the activity', '/dashboard/activity', 1280],
  ])('find their own direction in %s', async (_where, path, width) => {
    const { cleo, open, ticket } = desk();
    await ticket({ donorName: NAME, subject: SUBJECT });
    const made = await ok(
      cleo.post('/users', { name: NAME, username: `layla-${width}-${path.length}` }),
      201,
    );
    await ok(cleo.patch(`/users/${made.id}`, { name: `${NAME} ${width}` }));
    const page = await open(cleo, path, { width });
    await shown(page, path === '/dashboard/people' || path === '/dashboard/activity' ? NAME : SUBJECT);
    expect(await leftToRight(page)).toEqual([]);
  });

  it('find their own direction in the widget', async () => {
    const { ada, browser, server } = desk();
    const donor = await DonorPage.visit(browser, `${server.url}/demo`);
    await donor.open();
    await donor.panel.locator('.door').first().click();
    await donor.fill({ email: 'layla@example.org', name: NAME, message: SUBJECT });
    expect(await stylesOf(donor.panel.locator('[name=name]'), ['direction'])).toEqual({ direction: 'rtl' });
    await donor.button('Start the conversation').click();
    await donor.composer.waitFor();
    const [{ id }] = await ok(ada.get('/tickets?q=layla@example.org'));
    await ok(ada.put(`/users/me/profile`, { name: NAME, username: ada.username }));
    await ok(ada.post(`/tickets/${id}/messages`, { content: ANSWER }), 201);
    await donor.log.getByText(ANSWER).waitFor();
    await donor.composer.fill(ANSWER);
    expect(await leftToRight(donor.page)).toEqual([]);
    await donor.button('Back').click();
    await donor.panel.locator('.ticket').waitFor();
    expect(await leftToRight(donor.page)).toEqual([]);
  });

  it('keep their place in sentences of the widget in Arabic too', async () => {
    const { ada, browser, server } = desk();
    const donor = await DonorPage.visit(browser, `${server.url}/demo`, { locale: 'ar' });
    await donor.page.evaluate(`document.documentElement.lang = 'ar'`);
    await donor.page.evaluate(`Concierge.identify({ name: 'Ada (Lovelace)' })`);
    await donor.open();
    const title = await donor.panel.locator('h1').innerText();
    expect(title).toContain('\u2068Ada (Lovelace)\u2069');
    expect(ada.id).toBeGreaterThan(0);
  });
});

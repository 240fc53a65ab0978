import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInBrowser, faultsOf, GOOD_LOOKS, looksOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

describeInBrowser('a conversation over several pages of a site', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  });
  afterAll(() => site.close());

  const reply = (id: string, content: string) =>
    ok(site.desk.admin.post(`/tickets/${id}/messages`, { content }), 201);

  /** A donor who has asked something. */
  async function asked(message: string, path: string): Promise<{ donor: DonorPage; id: string }> {
    const donor = await DonorPage.visit(browser(), site.page(path));
    await donor.open();
    await donor.start({ message });
    await donor.isLive();
    const { rows } = await site.desk.db.query('SELECT id FROM tickets WHERE description = $1', [message]);
    return { donor, id: rows[0].id };
  }
  /** Closes the panel, and goes away. */
  async function leave({ page }: DonorPage): Promise<void> {
    await page.evaluate('Concierge.close()');
    await page.goto('about:blank');
  }
  const launcherOf = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
  const bubbleOf = (page: Page): Locator => page.locator('#concierge-widget').getByRole('group');

  /** What the page asks for beyond itself and the loader. */
  function requestsOf(page: Page): string[] {
    const made: string[] = [];
    page.on('request', (request) => {
      const path = new URL(request.url()).pathname;
      if (request.url().startsWith(site.desk.server.url) && path !== '/widget.js')
        made.push(path.replace(/-[\w-]+\.js$/, ''));
    });
    page.on('websocket', (socket) => made.push(socket.url()));
    return made;
  }

  it('tells on the next page how much was answered and by whom, before the chat is opened', async () => {
    const { donor, id } = await asked('Is the well finished?', '/first');
    const { page } = donor;
    await leave(donor);
    await reply(id, 'It is, since Monday.');
    await reply(id, 'I send you a picture.');
    const made = requestsOf(page);
    const heard = `<script>window.heard = []; window.Concierge ??= [];
      Concierge.push(['on', 'unread', (count) => heard.push(count)]);</script>`;
    await page.goto(site.page('/second', { head: heard }));
    await launcherOf(page, 'Help and contact, 2 new messages, the last from Ada').waitFor();
    await page.locator('#concierge-widget .mark', { hasText: /^2$/ }).waitFor();
    const bubble = bubbleOf(page);
    await bubble.getByText('I send you a picture.').waitFor();
    expect(await bubble.innerText()).toMatch(/^Ada\s+I send you a picture\.\s+×$/);
    expect(await bubble.getAttribute('aria-label')).toBe('2 new messages');
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await page.waitForLoadState('networkidle');
    expect(made).toEqual(['/widget/assets/news', '/api/v1/me/unread']);
    expect(await page.evaluate('heard.at(-1)')).toBe(2);

    await bubble.getByRole('button', { name: /^Ada/ }).click();
    await donor.log.getByText('I send you a picture.').waitFor();
    await launcherOf(page, 'Close').and(donor.launcher).waitFor();
    expect(await bubble.count()).toBe(0);
    const read = () => ok(site.desk.admin.get(`/tickets/${id}/messages`));
    while ((await read()).some(({ senderType, isRead }: Sent) => senderType === 'admin' && !isRead));
    await leave(donor);
    await page.goto(site.page('/third'));
    await page.waitForLoadState('networkidle');
    expect(await donor.launcher.getAttribute('aria-label')).toBe('Help and contact');
    expect(await bubble.count()).toBe(0);
    expect(faultsOf(page)).toEqual([]);
  });

  it('says nothing of it to somebody else on this device, and nothing twice to whom it was enough', async () => {
    const { donor, id } = await asked('Do you take old phones?', '/mine');
    const { page } = donor;
    await leave(donor);
    await reply(id, 'We do!');
    const made = requestsOf(page);
    await page.goto(site.page('/theirs', { attributes: 'data-donor-id="somebody-else"' }));
    await page.waitForLoadState('networkidle');
    expect(made).toEqual(['/widget/assets/news']);
    expect(await bubbleOf(page).count()).toBe(0);

    await page.goto(site.page('/mine'));
    await bubbleOf(page).getByRole('button', { name: 'Dismiss' }).click();
    await bubbleOf(page).waitFor({ state: 'detached' });
    await page.reload();
    await launcherOf(page, 'Help and contact, 1 new message, the last from Ada').waitFor();
    expect(await bubbleOf(page).count()).toBe(0);
    // Another tab of theirs reads it.
    const other = new DonorPage(await page.context().newPage());
    await other.page.goto(site.page('/mine'));
    await bubbleOf(other.page).getByRole('button', { name: /^Ada/ }).click();
    await other.log.getByText('We do!').waitFor();
    await launcherOf(page, 'Help and contact').waitFor();
    expect([...faultsOf(page), ...faultsOf(other.page)]).toEqual([]);
  });

  it('speaks the language of the page from its side, on a narrow one too', async () => {
    const attributes = 'data-locale="ar" data-position="left"';
    const donor = await DonorPage.visit(browser(), site.page('/ar', { attributes }), { width: 375 });
    await donor.open();
    await donor.panel.locator('.door').first().click();
    await donor.fill({ email: 'huda@example.org', name: 'هدى', message: 'متى تصل؟' });
    await donor.panel.locator('[type=submit]').click();
    await donor.composer.waitFor();
    const { rows } = await site.desk.db.query('SELECT id FROM tickets WHERE description = $1', ['متى تصل؟']);
    await leave(donor);
    for (const content of ['غدًا', 'قبل الظهر', 'إن شاء الله']) await reply(rows[0].id, content);
    await donor.page.goto(site.page('/ar', { attributes }));
    await bubbleOf(donor.page).waitFor();
    expect(await bubbleOf(donor.page).getAttribute('aria-label')).toBe('3 رسائل جديدة');
    expect(await bubbleOf(donor.page).getAttribute('dir')).toBe('rtl');
    expect((await bubbleOf(donor.page).boundingBox())!.x).toBeLessThan(60);
    expect(await looksOf(donor.page)).toEqual(GOOD_LOOKS);
  });

  it('comes back as it was in each tab, and leaves the keyboard where it is', async () => {
    const body = '<input id="search" autofocus>';
    const path = '/two';
    const { donor } = await asked('The earlier matter', path);
    const url = site.page(path, { body });
    await donor.button('Back').click();
    await donor.start({ message: 'The later matter' });
    await donor.button('Back').click();
    await donor.panel.locator('.ticket', { hasText: 'The earlier matter' }).click();
    await donor.log.getByText('The earlier matter').waitFor();
    const other = new DonorPage(await donor.page.context().newPage());
    await other.page.goto(url);
    expect(await other.panel.count()).toBe(0);
    await other.open();
    await other.button('Back').click();
    await other.panel.locator('.ticket', { hasText: 'The later matter' }).click();
    await other.log.getByText('The later matter').waitFor();

    const focus = ({ page }: DonorPage) => page.evaluate('document.activeElement.id');
    await donor.reload();
    await donor.log.getByText('The earlier matter').waitFor();
    await donor.isLive();
    expect(await focus(donor)).toBe('search');
    await other.page.goto(site.page('/elsewhere', { body }));
    await other.log.getByText('The later matter').waitFor();
    expect(await focus(other)).toBe('search');
    // Somebody who goes on in the panel has the keyboard there again.
    await donor.button('Back').click();
    await donor.button(/^Write to us/).click();
    expect(await focus(donor)).toBe('concierge-widget');
    await donor.reload();
    await donor.panel.locator('[name=message]').waitFor();
    expect(await focus(donor)).toBe('search');

    await leave(donor);
    await donor.page.goto(url);
    await donor.page.waitForLoadState('networkidle');
    expect(await donor.panel.count()).toBe(0);
    await other.reload();
    await other.log.getByText('The later matter').waitFor();
    expect([...faultsOf(donor.page), ...faultsOf(other.page)]).toEqual([]);
  });

  it('counts what is answered while the panel is closed', async () => {
    const { donor, id } = await asked('Which bus goes there?', '/live');
    await donor.page.evaluate('Concierge.close()');
    await reply(id, 'Number 7');
    await launcherOf(donor.page, 'Help and contact, 1 new message').waitFor();
    await reply(id, 'Or 12');
    await launcherOf(donor.page, 'Help and contact, 2 new messages').waitFor();
    await donor.open();
    await donor.log.getByText('Or 12').waitFor();
    await donor.page.evaluate('Concierge.close()');
    await launcherOf(donor.page, 'Help and contact').waitFor();
  });
});

interface Sent {
  readonly senderType: string;
  readonly isRead: boolean;
}

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SOCKET_SERVER, type SocketServer } from '../../src/reactions/realtime/server/socket-state.js';
import { describeInBrowser, faultsOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

describeInBrowser('the widget on a bad line', () => {
  const browser = useBrowser();
  let site: Site;
  let url: string;
  beforeAll(async () => {
    site = await Site.open();
    url = site.page('/');
  });
  afterAll(() => site.close());

  const ticketId = async (): Promise<string> => {
    const { rows } = await site.desk.db.query('SELECT id FROM tickets ORDER BY created_at DESC LIMIT 1');
    return rows[0].id;
  };
  const stored = async (id: string): Promise<string[]> => {
    const { rows } = await site.desk.db.query(
      `SELECT content FROM messages WHERE ticket_id = $1 AND message_type = 'text' ORDER BY seq`,
      [id],
    );
    return rows.map(({ content }) => content);
  };
  const cutSockets = () => {
    site.desk.server.app.get<SocketServer>(SOCKET_SERVER, { strict: false }).disconnectSockets(true);
  };

  it('loses nothing, doubles nothing and says how things stand', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start({ message: 'First' });
    const id = await ticketId();
    await donor.write('Before the cut');
    await donor.log.locator('.line:has-text("Before the cut") .tick.check').waitFor();

    await donor.page.context().setOffline(true);
    cutSockets();
    await donor.text('No connection. We keep trying').waitFor();
    await donor.write('Written offline');
    await donor.write('And another');
    await donor.log.locator('.line.sending, .line.failed').nth(1).waitFor();
    await ok(site.desk.admin.post(`/tickets/${id}/messages`, { content: 'Said meanwhile' }), 201);
    expect(await stored(id)).toEqual(['Before the cut', 'Said meanwhile']);

    await donor.page.context().setOffline(false);
    await donor.text('Said meanwhile').waitFor();
    await donor.log.locator('.line:has-text("And another") .tick').waitFor();
    await donor.log.locator('.line.sending, .line.failed').first().waitFor({ state: 'detached' });
    const all = ['Before the cut', 'Said meanwhile', 'Written offline', 'And another'];
    expect(await stored(id)).toEqual(all);
    expect(await donor.bubbles()).toEqual(['First', ...all]);
    await donor.panel.locator('.strip').waitFor({ state: 'detached' });
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('goes on through sockets that are cut again and again', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start({ message: 'First' });
    const id = await ticketId();
    const sent: string[] = [];
    for (const round of [1, 2, 3, 4]) {
      const [mine, theirs] = [`mine ${round}`, `theirs ${round}`];
      cutSockets();
      await donor.write(mine);
      await ok(site.desk.admin.post(`/tickets/${id}/messages`, { content: theirs }), 201);
      cutSockets();
      await donor.log.locator('.bubble', { hasText: theirs }).waitFor();
      await donor.log.locator(`.line:has-text("${mine}") .tick.check`).waitFor();
      sent.push(mine, theirs);
    }
    const rows = await stored(id);
    expect([...rows].sort()).toEqual(sent.sort());
    expect(await donor.bubbles()).toEqual(['First', ...rows]);
  });

  it('keeps what was not sent over a reload', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start({ message: 'First' });
    const id = await ticketId();
    await donor.page.route('**/api/v1/tickets/*/messages', (route) => route.abort());
    await donor.page.context().setOffline(true);
    cutSockets();
    await donor.write('Will it arrive?');
    await donor.log.locator('.bubble', { hasText: 'Will it arrive?' }).waitFor();
    await donor.page.context().setOffline(false);
    await donor.page.unroute('**/api/v1/tickets/*/messages');
    await donor.reload();
    await donor.log.locator('.line:has-text("Will it arrive?") .tick.check').waitFor();
    expect(await stored(id)).toEqual(['Will it arrive?']);
  });

  it('opens one ticket although the first answer was lost', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.panel.locator('.door').first().click();
    await donor.fill({ email: 'twice@example.org', name: 'Twice', message: 'Only once, please' });
    await donor.page.route('**/api/v1/tickets', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await donor.button('Start the conversation').click();
    await donor.text('We cannot reach the server.').waitFor();
    expect(await donor.panel.locator('[name=message]').inputValue()).toBe('Only once, please');
    await donor.page.unroute('**/api/v1/tickets');
    await donor.button('Start the conversation').click();
    await donor.composer.waitFor();
    await donor.write('Thanks');
    await donor.log.locator('.line:has-text("Thanks") .tick.check').waitFor();
    const { rows } = await site.desk.db.query(
      `SELECT id FROM tickets WHERE donor_email = 'twice@example.org'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('tells a donor who is too fast, and sends in the end', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.panel.locator('.door').first().click();
    await donor.fill({ email: 'fast@example.org', name: 'Fast', message: 'Hello' });
    const body = {
      success: false,
      statusCode: 429,
      error: 'RATELIMIT',
      message: 'only 3 requests are allowed',
    };
    await donor.page.route('**/api/v1/tickets', (route) =>
      route.fulfill({
        status: 429,
        json: body,
        headers: { 'retry-after': '5', 'access-control-allow-origin': '*' },
      }),
    );
    await donor.button('Start the conversation').click();
    await donor.text('That was a bit fast.').waitFor();
    await donor.page.unroute('**/api/v1/tickets');
    await donor.button('Start the conversation').click();
    await donor.composer.waitFor();
  });
});

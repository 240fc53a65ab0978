import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { describeInBrowser, faultsOf, seriousFaults, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';
import { FakeSmtp } from '../support/fake-smtp.js';

const tokensIn = (text: unknown) => String(text).match(/cdt_[\w-]+/g);

describeInBrowser('who is at the widget', () => {
  const browser = useBrowser();
  let site: Site;
  let smtp: FakeSmtp;
  beforeAll(async () => {
    smtp = await FakeSmtp.start();
    site = await Site.open({ mail: { smtpUrl: smtp.url, from: 'Desk <desk@charity.example>', delay: 0 } });
  });
  afterAll(async () => {
    await site.close();
    await smtp.close();
  });

  const server = () => site.desk.server;
  const reply = (id: string, content: string) =>
    ok(site.desk.admin.post(`/tickets/${id}/messages`, { content }), 201);

  /** Where a mailed link leads, at this desk's own address. */
  async function mailedLink(address: string): Promise<string> {
    while (smtp.to(address).length === 0) await sleep(50);
    const [, fragment] =
      /conversations(#concierge=[\w-]+)/.exec(smtp.to(address).at(-1)?.parsed.text ?? '') ?? [];
    return `${server().url}/conversations${fragment ?? ''}`;
  }

  it('a donor whom the page vouches for sees the conversation of another device, live', async () => {
    const kim = await delegated(server());
    const { id } = await ok(kim.client.post('/tickets', { topic: 'From the phone' }), 201);
    const guest = await createTicket(server(), { donorId: kim.id, subject: 'Not Kim’s' });
    const donor = await DonorPage.visit(
      browser(),
      site.page('/token', { attributes: `data-token="${kim.token}"` }),
    );
    await donor.open();
    await donor.text('From the phone').click();
    await reply(id, 'Hello on both');
    await donor.text('Hello on both').waitFor();
    await donor.write('Hello from the page');
    await donor.log.locator('.line:has-text("Hello from the page") .tick.check').waitFor();
    const messages = await ok(kim.client.get(`/tickets/${id}/messages`));
    expect(messages.map(({ content }: { content: string }) => content)).toContain('Hello from the page');
    await donor.button('Back').click();
    await donor.text('From the phone').waitFor();
    expect(await donor.text('Not Kim’s').count()).toBe(0);
    expect(guest.donorId).toBe(kim.id);
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('a guest who signs in on the page takes the conversation along', async () => {
    const kim = await delegated(server());
    const donor = await DonorPage.visit(browser(), site.page('/guest'));
    await donor.open();
    await donor.start({ message: 'As a guest' });
    await donor.page.evaluate(`Concierge.identify({ token: ${JSON.stringify(kim.token)} })`);
    await donor.text('As a guest').waitFor();
    const [ticket] = await ok(kim.client.get('/tickets'));
    expect(ticket).toMatchObject({ description: 'As a guest' });
    expect(await donor.page.evaluate('JSON.stringify(localStorage)')).not.toContain('cdt_');
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('a link by mail opens the conversations of that mailbox, once', async () => {
    const ticket = await createTicket(server(), { donorEmail: 'maria@example.org', subject: 'Long ago' });
    const donor = await DonorPage.visit(browser(), site.page('/find'));
    await donor.open();
    await donor.button('Find my earlier conversations').click();
    const field = donor.panel.getByLabel('Your email address');
    await field.fill('maria@');
    await donor.button('Send me the link').click();
    await donor.text('does not look complete').waitFor();
    await field.fill('maria@example.org');
    expect(await seriousFaults(donor.page)).toEqual([]);
    await donor.button('Send me the link').click();
    await donor.text('Look into your mailbox').waitFor();
    const url = await mailedLink('maria@example.org');
    const page = await browser().page();
    await page.goto(url);
    const there = new DonorPage(page);
    // The page that asked was on another site: this one says whose conversations it would open, and waits.
    await there.text('This link opens the conversations of maria@example.org').waitFor();
    expect(await there.text('Long ago').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    await there.button('Open these conversations').click();
    await there.text('Long ago').click();
    await reply(ticket.id, 'Still here');
    await there.text('Still here').waitFor();
    expect(page.url()).toBe(`${server().url}/conversations`);
    expect(await seriousFaults(page)).toEqual([]);
    expect(faultsOf(page)).toEqual([]);
    // The device stays known; the link does not work a second time.
    await there.reload();
    await there.text('Still here').waitFor();
    const second = await browser().page();
    await second.goto(url);
    const late = new DonorPage(second);
    await late.text('This link was used already, or is too old.').waitFor();
    expect(await late.text('Long ago').count()).toBe(0);
    expect(faultsOf(donor.page)).toHaveLength(1);
  });

  it('a mail about an answer leads back into the conversation, where the donor is known', async () => {
    const asked = site.page('/answers');
    const donor = await DonorPage.visit(browser(), asked);
    await donor.open();
    await donor.start({ email: 'noor@example.org', message: 'May I change my pledge?' });
    await donor.button('Back').click();
    const [{ id, number }] = await ok(site.desk.admin.get('/tickets?q=pledge'));
    await donor.page.goto('about:blank');
    await reply(id, 'Of course you may');
    while (smtp.to('noor@example.org').length === 0) await sleep(50);
    const text = smtp.to('noor@example.org').at(-1)?.parsed.text ?? '';
    const link = `${asked}#concierge=${number}`;
    expect(text).toContain(link);
    await donor.page.goto(link);
    await donor.log.getByText('Of course you may').waitFor();
    expect(donor.page.url()).toBe(asked);
    expect(faultsOf(donor.page)).toEqual([]);
    // The mail proves nothing: anyone else who opens it is asked to prove the mailbox.
    const stranger = await browser().page();
    await stranger.goto(link);
    const other = new DonorPage(stranger);
    await other.button('Find my earlier conversations').waitFor();
    expect(await other.text('pledge').count()).toBe(0);
    expect(faultsOf(stranger)).toEqual([]);
  });

  it('a link that somebody else asked for takes nothing along', async () => {
    await createTicket(server(), { donorEmail: 'mallory@example.org', subject: 'Bait' });
    const page = await browser().page();
    await page.goto(`${server().url}/demo`);
    const donor = new DonorPage(page);
    await donor.open();
    await donor.start({ email: 'victim@example.org', message: 'My secret' });
    await ok(site.desk.link.post('/auth/donor/link', { email: 'mallory@example.org' }), 202);
    const before = await page.evaluate('JSON.stringify(localStorage)');
    const guest = `localStorage.getItem('concierge:${server().url}')`;
    const known = await page.evaluate<string>(guest);
    expect(tokensIn(known)).toHaveLength(1);
    await page.goto('about:blank');
    await page.goto((await mailedLink('mallory@example.org')).replace('/conversations', '/demo'));
    await donor.text('This link opens the conversations of mallory@example.org').waitFor();
    await donor.text('will no longer be shown here').waitFor();
    expect(tokensIn(await page.evaluate('JSON.stringify(localStorage)'))).toEqual(tokensIn(before));
    expect(tokensIn(await page.evaluate(guest))).toEqual(tokensIn(known));
    await donor.button('Open these conversations').click();
    await donor.text('Bait').waitFor();
    const { rows } = await site.desk.db.query(
      `SELECT owner_key FROM tickets WHERE description = 'My secret'`,
    );
    expect(rows).toEqual([{ owner_key: null }]);
  });

  it('a link that was asked for in the same browser signs in at once, and brings the guest along', async () => {
    await createTicket(server(), { donorEmail: 'lena@example.org', subject: 'From my phone' });
    const page = await browser().page();
    await page.goto(`${server().url}/demo`);
    const donor = new DonorPage(page);
    await donor.open();
    await donor.start({ email: 'typo@example.org', message: 'From this laptop' });
    await donor.button('Back').click();
    await donor.button('Find my earlier conversations').click();
    await donor.panel.getByLabel('Your email address').fill('lena@example.org');
    await donor.button('Send me the link').click();
    const url = (await mailedLink('lena@example.org')).replace('/conversations', '/demo');
    await page.goto('about:blank');
    await page.goto(url);
    await donor.text('From my phone').waitFor();
    await donor.text('From this laptop').waitFor();
    expect(faultsOf(page)).toEqual([]);
  });

  it('a scanner that renders the page behind a link does not use it up', async () => {
    await createTicket(server(), { donorEmail: 'scanned@example.org' });
    await ok(site.desk.link.post('/auth/donor/link', { email: 'scanned@example.org' }), 202);
    const url = await mailedLink('scanned@example.org');
    const page = await browser().page();
    await page.goto(url);
    await new DonorPage(page).text('This link opens the conversations of scanned@example.org').waitFor();
    const token = url.split('#concierge=')[1];
    await ok(site.desk.link.post('/auth/donor/resume', { token }));
  });

  it('nothing is offered where no mail can be sent', async () => {
    const silent = await Site.open();
    try {
      const donor = await DonorPage.visit(browser(), silent.page('/'));
      const asked = donor.page.waitForResponse((response) => response.url().endsWith('/api/v1/auth/donor'));
      await donor.open();
      expect(await (await asked).json()).toEqual({ magicLink: false });
      await donor.text('Your conversations').waitFor();
      expect(await donor.button('Find my earlier conversations').count()).toBe(0);
    } finally {
      await silent.close();
    }
  });
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { describeInBrowser, faultsOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"'{{7*7}}\${7}`;

describeInBrowser('a conversation in the widget', () => {
  const browser = useBrowser();
  let site: Site;
  let url: string;
  beforeAll(async () => {
    site = await Site.open();
    url = site.page('/');
  });
  afterAll(() => site.close());

  /** The newest ticket's row. */
  const newest = async () => {
    const { rows } = await site.desk.db.query('SELECT * FROM tickets ORDER BY created_at DESC LIMIT 1');
    return rows[0];
  };
  const reply = (id: string, content: string) =>
    ok(site.desk.admin.post(`/tickets/${id}/messages`, { content }), 201);

  it('shows the picture of who answers, from the desk on another site', async () => {
    const { server, colleague } = site.desk;
    const red = { create: { width: 40, height: 40, channels: 3, background: '#a33' } } as const;
    const form = new FormData();
    const bytes = new Uint8Array(await sharp(red).png().toBuffer());
    form.append('avatar', new Blob([bytes], { type: 'image/png' }), 'me.png');
    const { headers } = colleague;
    await fetch(`${server.url}/api/v1/users/me/avatar`, { method: 'POST', headers, body: form });
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start();
    const { id } = await newest();
    const loaded = donor.page.waitForResponse((response) => response.url().includes('/avatars/'));
    await ok(colleague.post(`/tickets/${id}/messages`, { content: 'It is me.' }), 201);
    expect((await loaded).status()).toBe(200);
    const picture = donor.log.locator('.avatar img');
    await picture.waitFor();
    expect(await picture.getAttribute('src')).toMatch(`${server.url}/api/v1/avatars/`);
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('begins with a form and goes on live', async () => {
    const donor = await DonorPage.visit(browser(), `${url}?gift=secret#part`);
    await donor.page.evaluate("document.title = `${'x'.repeat(199)}\\u{1F49A} and more`");
    await donor.open();
    await donor.panel.locator('.door').first().click();
    await donor.button('Start the conversation').click();
    await donor.text('We need your email address to answer you.').waitFor();
    await donor.fill({ email: 'maria@', name: 'Maria', message: 'Where is my receipt?' });
    await donor.panel.getByText('What is it about?').click();
    await donor.panel.locator('select').selectOption('Receipts and tax');
    await donor.button('Start the conversation').click();
    await donor.text('This email address does not look complete').waitFor();
    await donor.panel.locator('[name=email]').fill('maria@example.org');
    await donor.button('Start the conversation').click();
    await donor.composer.waitFor();
    const ticket = await newest();
    expect(ticket).toMatchObject({
      donor_email: 'maria@example.org',
      donor_name: 'Maria',
      description: 'Where is my receipt?',
      category: 'Receipts and tax',
      status: 'new',
      context: { page: url, title: 'x'.repeat(199), locale: 'en', timeZone: expect.any(String) },
    });
    await donor.text(`Ticket ${ticket.number}`).waitFor();
    await ok(site.desk.admin.put(`/tickets/${ticket.id}/assign`, {}));
    await donor.text('Ada is now helping you.').waitFor();
    await reply(ticket.id, 'On its way!');
    await donor.text('On its way!').waitFor();
    await donor.text('Waiting for your reply').waitFor();
    await donor.write('Thank you!');
    await donor.log.locator('.line:has-text("Thank you!") .tick.check').waitFor();
    await ok(site.desk.admin.post(`/tickets/${ticket.id}/messages/mark-read`, { senderType: 'donor' }));
    await donor.log.locator('.line:has-text("Thank you!") .tick.checks').waitFor();
    expect(await donor.bubbles()).toEqual(['Where is my receipt?', 'On its way!', 'Thank you!']);
    const { rows } = await site.desk.db.query(
      `SELECT is_read FROM messages WHERE ticket_id = $1 AND sender_type = 'admin'`,
      [ticket.id],
    );
    expect(rows).toEqual([{ is_read: true }]);
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('survives a reload, and is found again among several', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start({ message: 'The first' });
    await donor.button('Back').click();
    await donor.start({ message: 'The second' });
    await donor.write('Still the second');
    await donor.log.locator('.line:has-text("Still the second") .tick.check').waitFor();
    const second = await newest();
    await donor.reload();
    await donor.text('Still the second').waitFor();
    expect(await donor.bubbles()).toEqual(['The second', 'Still the second']);
    await donor.button('Back').click();
    await donor.panel.locator('.ticket', { hasText: 'The first' }).click();
    await donor.text('The first').waitFor();
    await donor.button('Back').click();
    const row = donor.panel.locator('.ticket').first();
    await donor.panel.locator('.ticket', { hasText: 'The second' }).waitFor();
    await reply(second.id, 'News for the second');
    await row.getByText('1 new message').waitFor();
    expect(await row.locator('.ticket-about').textContent()).toBe('Ada: News for the second');
    await donor.panel.getByRole('button', { name: 'Close' }).click();
    await donor.page.locator('#concierge-widget .mark', { hasText: '1' }).waitFor();
    await donor.open();
    await row.click();
    await donor.text('News for the second').waitFor();
    const shown = await donor.log.locator('.bubble, .day').allTextContents();
    expect(shown.slice(-2)).toEqual(['New messages', 'News for the second']);
    await donor.button('Back').click();
    await donor.panel.locator('.ticket', { hasText: 'The second' }).waitFor();
    expect(await row.locator('.badge').count()).toBe(0);
  });

  it('makes links of addresses, and tells the time of a minute once', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start({ message: 'I gave at https://give.example/summer?x=1.' });
    await donor.isLive();
    const { id } = await newest();
    // Within one minute, as the clock of the desk says.
    await reply(id, 'See https://charity.example/receipts, or');
    await reply(id, 'write to anna@charity.example. <a href="javascript:alert(1)">no</a>');
    await donor.text('write to').waitFor();
    const links = donor.log.locator('.bubble a');
    await links.nth(2).waitFor();
    const told = await links.evaluateAll((all) =>
      all.map((one) =>
        ['href', 'rel', 'target'].map((name) =>
          (one as never as { getAttribute: (name: string) => string }).getAttribute(name),
        ),
      ),
    );
    const safe = ['noopener noreferrer nofollow ugc', '_blank'];
    expect(told).toEqual([
      ['https://give.example/summer?x=1', ...safe],
      ['https://charity.example/receipts', ...safe],
      ['mailto:anna@charity.example', ...safe],
    ]);
    const { rows } = await site.desk.db.query(
      `SELECT count(DISTINCT date_trunc('minute', created_at))::int AS minutes FROM messages WHERE ticket_id = $1 AND sender_type = 'admin' AND message_type = 'text'`,
      [id],
    );
    expect(await donor.log.locator('.theirs .meta').count()).toBe(rows[0].minutes);
  });

  it('shows what staff is typing, and staff what the donor is', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start();
    await donor.isLive();
    const { id } = await newest();
    const { SocketPerson } = await import('../realtime/socket-person.js');
    const token = site.desk.admin.headers.authorization!.split(' ')[1];
    const staff = new SocketPerson(site.desk.server.url, token);
    await staff.connected();
    await staff.must('join_ticket', { ticketId: id });
    await staff.must('ticket:typing', { ticketId: id, isTyping: true });
    await donor.text('Ada is typing…').waitFor();
    await donor.composer.pressSequentially('H');
    await staff.next('ticket:typing', ({ isTyping }) => isTyping === true);
    await staff.must('message:send', { ticketId: id, content: 'There you are', clientMessageId: 'one' });
    await donor.text('There you are').waitFor();
    expect(await donor.text('is typing…').count()).toBe(0);
    staff.close();
  });

  it('ends when the donor says so, is rated, and opens again by writing', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start();
    const { id } = await newest();
    await donor.button('This is solved').click();
    await donor.button('Yes, it is solved').click();
    await donor.text('How did we do?').waitFor();
    await donor.panel.getByRole('radio', { name: '4 stars' }).check();
    await donor.panel.getByLabel('What was good, what was not?').fill('Quick and kind.');
    await donor.button('Send rating').click();
    await donor.text('Thank you for your rating!').waitFor();
    expect(await newest()).toMatchObject({
      id,
      status: 'resolved',
      rating: 4,
      rating_comment: 'Quick and kind.',
    });
    await donor.write('One more thing');
    await donor.text('This conversation is open again.').waitFor();
    expect((await newest()).status).toBe('new');
    await ok(site.desk.admin.put(`/tickets/${id}/close`));
    await donor.button('Start a new conversation').click();
    await donor.text('New conversation').waitFor();
  });

  it('shows everything as text, no matter who wrote it', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await site.desk.db.query('UPDATE users SET name = $1 WHERE id = $2', [
      HOSTILE.slice(0, 100),
      site.desk.boss.id,
    ]);
    await donor.open();
    await donor.start({ name: HOSTILE.slice(0, 100), message: HOSTILE });
    const ticket = await newest();
    expect(ticket).toMatchObject({ donor_name: HOSTILE.slice(0, 100), description: HOSTILE });
    await ok(site.desk.boss.put(`/tickets/${ticket.id}/assign`, {}));
    await ok(site.desk.boss.post(`/tickets/${ticket.id}/messages`, { content: HOSTILE }), 201);
    await donor.write(HOSTILE);
    await donor.log.locator('.line .tick.check').nth(1).waitFor();
    expect(await donor.bubbles()).toEqual([HOSTILE, HOSTILE, HOSTILE]);
    await donor.button('This is solved').click();
    await donor.button('Yes, it is solved').click();
    await donor.panel.getByRole('radio', { name: '1 star', exact: true }).check();
    await donor.panel.getByLabel('What was good, what was not?').fill(HOSTILE);
    await donor.button('Send rating').click();
    await donor.text('Thank you for your rating!').waitFor();
    await donor.reload();
    await donor.composer.waitFor();
    await donor.button('Back').click();
    await donor.panel.locator('.ticket').waitFor();
    expect(await donor.page.evaluate('window.hacked')).toBeUndefined();
    expect(await donor.panel.locator('img, script').count()).toBe(0);
    await site.desk.db.query('UPDATE users SET name = $1 WHERE id = $2', ['Cleo', site.desk.boss.id]);
  });

  it('starts over kindly when the desk does not know its token any more', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start({ message: 'Before' });
    await site.desk.db.query('UPDATE donor_sessions SET revoked_at = now()');
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    await donor.reload();
    await donor.text('Your earlier conversations can no longer be opened on this device.').waitFor();
    await donor.start({ message: 'After' });
    expect((await newest()).description).toBe('After');
  });
});

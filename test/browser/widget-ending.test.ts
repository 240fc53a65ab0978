import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, faultsOf, seriousFaults, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';
import { FakeSmtp } from '../support/fake-smtp.js';

describeInBrowser('the end of a conversation in the widget', () => {
  const browser = useBrowser();
  let site: Site;
  let smtp: FakeSmtp;
  beforeAll(async () => {
    smtp = await FakeSmtp.start();
    site = await Site.open({ mail: { smtpUrl: smtp.url, from: 'Desk <desk@charity.example>', delay: 600 } });
  });
  afterAll(async () => {
    await site.close();
    await smtp.close();
  });

  const admin = () => site.desk.admin;

  /** A donor who asked, was answered, and sees that it is solved. */
  async function solved(
    path: string,
    email: string,
  ): Promise<{ donor: DonorPage; id: string; number: string }> {
    const donor = await DonorPage.visit(browser(), site.page(path));
    await donor.open();
    await donor.start({ email, message: 'Where is my receipt?' });
    const [{ id, number }] = await ok(admin().get(`/tickets?q=${email}`));
    await ok(admin().post(`/tickets/${id}/messages`, { content: 'In your mailbox.' }), 201);
    await donor.text('In your mailbox.').waitFor();
    await ok(admin().put(`/tickets/${id}/resolve`));
    return { donor, id, number };
  }

  it('offers the transcript as a file and by mail', async () => {
    const { donor, number } = await solved('/keep', 'keep@example.org');
    const [download] = await Promise.all([
      donor.page.waitForEvent('download'),
      donor.button('Save conversation').click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${number}.html`);
    const file = await readFile(await download.path(), 'utf8');
    for (const words of [number, 'Where is my receipt?', 'In your mailbox.']) expect(file).toContain(words);
    expect(await seriousFaults(donor.page)).toEqual([]);
    await donor.button('Mail it to me').click();
    await donor.text('It is on its way to your email address.').waitFor();
    expect(await donor.button('Mail it to me').count()).toBe(0);
    while (smtp.to('keep@example.org').length === 0) await sleep(50);
    expect(smtp.to('keep@example.org').map(({ parsed }) => parsed.text)).toEqual([
      expect.stringContaining('In your mailbox.'),
    ]);
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('says so when the transcript cannot be had, and tries again', async () => {
    const { donor } = await solved('/fails', 'fails@example.org');
    const transcript = '**/api/v1/tickets/*/transcript*';
    await donor.page.route(transcript, (route) => route.abort());
    await donor.button('Save conversation').click();
    await donor.panel.getByRole('alert').waitFor();
    await donor.page.unroute(transcript);
    const [download] = await Promise.all([
      donor.page.waitForEvent('download'),
      donor.button('Save conversation').click(),
    ]);
    expect(await download.failure()).toBeNull();
    expect(await donor.panel.getByRole('alert').count()).toBe(0);
  });

  it('goes on without the code for its end, and gets it when the connection is back', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/cut'));
    await donor.page.route('**/ending-*.js', (route) => route.abort());
    await donor.open();
    await donor.start({ email: 'cut@example.org', message: 'Can you hear me?' });
    const [{ id }] = await ok(admin().get('/tickets?q=cut@example.org'));
    await ok(admin().put(`/tickets/${id}/resolve`));
    await donor.text('Solved').first().waitFor();
    expect(await donor.text('How did we do?').count()).toBe(0);
    await donor.write('One more thing');
    await donor.log.locator('.line:has-text("One more thing") .tick.check').waitFor();
    await donor.page.unroute('**/ending-*.js');
    await donor.page.context().setOffline(true);
    await donor.panel.locator('.strip.offline').waitFor();
    await donor.page.context().setOffline(false);
    await ok(admin().put(`/tickets/${id}/resolve`));
    await donor.text('How did we do?').waitFor();
  });
});

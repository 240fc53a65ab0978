import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { createStaff, type SignedInStaff } from '../factories/staff.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { describeInBrowser, faultsOf, isPlaying, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { openDesk, personOf, type Desk } from '../support/desk.js';
import { DonorPage } from '../support/donor-page.js';
import { FakeSmtp } from '../support/fake-smtp.js';
import { StrippingProxy } from '../support/stripping-proxy.js';
import { line, say, signInAt } from './dashboard-desk.js';

describeInBrowser('a desk below a path of the charity’s own site', () => {
  jest.setTimeout(180_000);
  const browser = useBrowser();
  let proxy: StrippingProxy;
  let smtp: FakeSmtp;
  let desk: Desk;
  let ada: SignedInStaff;
  beforeAll(async () => {
    [proxy, smtp] = [await StrippingProxy.start(), await FakeSmtp.start()];
    const mail = { smtpUrl: smtp.url, from: 'Desk <desk@charity.example>', delay: 0 };
    desk = await openDesk({ publicUrl: proxy.url, mail });
    proxy.serve(
      desk.server.url,
      '<!doctype html><html lang="en"><title>Charity</title><body><h1>Give</h1><script async src="/desk/widget.js"></script>',
    );
    ada = await createStaff(desk.server.app, { name: 'Ada Lovelace', role: 'ADMIN' });
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await smtp.close();
    await proxy.close();
  });
  // Whatever leaves the path is an address that forgot it.
  afterEach(() => {
    expect(proxy.strays.splice(0)).toEqual([]);
  });

  const person = () => Object.assign(personOf(desk.server, ada), { password: ada.password });
  const socketsOf = (page: Page): string[] => {
    const paths: string[] = [];
    page.on('websocket', (socket) => paths.push(new URL(socket.url()).pathname));
    return paths;
  };

  async function wearPicture(): Promise<void> {
    const picture = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#c33' } })
      .png()
      .toBuffer();
    const form = new FormData();
    form.append('avatar', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'me.png');
    const { headers } = person();
    const url = `${desk.server.url}/api/v1/users/me/avatar`;
    expect((await fetch(url, { method: 'POST', headers, body: form })).status).toBe(200);
  }

  it('serves the widget and the dashboard: a question, an answer, and a call', async () => {
    await wearPicture();
    const donor = new DonorPage(await browser().page());
    const sockets = socketsOf(donor.page);
    await donor.page.goto(`${proxy.origin}/`);
    await donor.open();
    await donor.start({ message: 'Where is my receipt?' });
    await donor.isLive();
    expect(new Set(sockets)).toEqual(new Set(['/desk/socket.io/']));

    const staff = await browser().page();
    await staff.goto(`${proxy.url}/`);
    await staff.waitForURL(`${proxy.url}/dashboard`);
    await signInAt(staff, person());
    await staff.reload();
    await staff.getByRole('region', { name: 'New' }).getByRole('link', { name: /Maria/ }).click();
    await staff.waitForURL(`${proxy.url}/dashboard/tickets/*`);
    await staff.getByRole('button', { name: 'Accept', exact: true }).click();
    await say(staff, 'Hello Maria, I have sent it again.');
    await donor.text('Hello Maria, I have sent it again.').waitFor();
    await donor.write('It is here!');
    await line(staff, 'It is here!').waitFor();
    const faces = donor.log.locator('.avatar img');
    await faces.first().waitFor();
    expect(await faces.first().evaluate((face: { naturalWidth: number }) => face.naturalWidth)).toBe(256);

    await donor.button('Ask for a call').click();
    await donor.button('Video').click();
    await staff.getByRole('article', { name: 'Maria' }).getByRole('button', { name: 'Accept' }).click();
    await donor.button('Join the call').click();
    const panel = staff.getByRole('region', { name: 'Call', exact: true });
    expect(await isPlaying(staff, panel.getByLabel('Video of Maria'))).toBe(true);
    await panel.getByRole('button', { name: 'Hang up' }).click();
    await panel.waitFor({ state: 'detached' });

    await staff.getByRole('button', { name: /^Ada Lovelace,/ }).click();
    await staff.getByRole('menuitem', { name: 'Sign out' }).click();
    await staff.waitForURL(`${proxy.url}/dashboard`);
    await staff.getByLabel('Username').waitFor();
    expect([...faultsOf(staff), ...faultsOf(donor.page)]).toEqual([]);
  });

  it('serves the page of a call', async () => {
    const { id, donor } = await createTicket(desk.server, { donorName: 'Cora' });
    await ok(person().post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'admin' }), 201);
    const { activeCallId } = await ok(donor.get(`/tickets/${id}`));
    const { token } = await ok(donor.post(`/calls/${activeCallId}/join`));
    const { rows } = await desk.db.query('SELECT daily_room_url FROM calls WHERE ticket_id = $1', [id]);
    const url: string = rows[0].daily_room_url;
    expect(url.startsWith(`${proxy.url}/call/`)).toBe(true);
    const page = await browser().page();
    await page.goto(`${url}#token=${token}`);
    await page.getByRole('button', { name: 'Join the call' }).click();
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('The call has ended').waitFor();
    expect(faultsOf(page)).toEqual([]);
  });

  it('sends links by email that lead back below the path', async () => {
    await createTicket(desk.server, { donorEmail: 'nora@example.org', subject: 'Long ago' });
    const donor = await DonorPage.visit(browser(), `${proxy.url}/conversations`);
    await donor.open();
    await donor.button('Find my earlier conversations').click();
    await donor.panel.getByLabel('Your email address').fill('nora@example.org');
    await donor.button('Send me the link').click();
    await donor.text('Look into your mailbox').waitFor();
    while (smtp.to('nora@example.org').length === 0) await sleep(50);
    const text = smtp.to('nora@example.org').at(-1)?.parsed.text ?? '';
    const [link] = /http\S+#concierge=[\w-]+/.exec(text) ?? [''];
    expect(link.startsWith(`${proxy.url}/conversations#`)).toBe(true);
    await donor.page.goto('about:blank');
    await donor.page.goto(link);
    await donor.text('Long ago').click();
    await donor.isLive();
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('serves the demo page and the description of the API', async () => {
    const page = await browser().page();
    await page.goto(`${proxy.url}/demo`);
    await new DonorPage(page).open();
    await page.getByRole('link', { name: 'Clearspring', exact: true }).first().click();
    await page.waitForURL(`${proxy.url}/demo`);
    await page.goto(`${proxy.url}/api/docs`);
    // It draws what is in sight, which is the first of its groups.
    await page.getByText('/health/ready', { exact: true }).first().waitFor();
    expect(await page.locator('.servers option').allInnerTexts()).toEqual(['/desk']);
    expect(faultsOf(page)).toEqual([]);
  });
});

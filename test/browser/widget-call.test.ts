import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  describeInBrowser,
  faultsOf,
  GOOD_LOOKS,
  isPlaying,
  looksOf,
  useBrowser,
} from '../support/browser.js';
import { testConfig } from '../support/app.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

describeInBrowser('a call', () => {
  const browser = useBrowser();
  let site: Site;
  let url: string;
  beforeAll(async () => {
    site = await Site.open();
    url = site.page('/');
  });
  afterAll(() => site.close());

  const row = async (table: 'tickets' | 'calls') => {
    const { rows } = await site.desk.db.query(`SELECT * FROM ${table} ORDER BY created_at DESC LIMIT 1`);
    return rows[0];
  };
  /** The standalone page of a call, as its link opens it. */
  const callPage = async (roomName: string, token: string): Promise<Page> => {
    const page = await browser().page();
    await page.goto(`${site.desk.server.url}/call/${roomName}#token=${token}`);
    return page;
  };
  const join = (page: Page) => page.getByRole('button', { name: 'Join the call' }).click();

  /** A donor with a ticket, and the call that staff opened for them after they asked. */
  async function called(): Promise<{ donor: DonorPage; ticketId: string; staff: Page }> {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start();
    const { id: ticketId } = await row('tickets');
    await donor.button('Ask for a call').click();
    await donor.button('Video').click();
    await donor.text('We are looking for somebody to take your call').waitFor();
    await donor.text(/^[12]:\d\d left$/).waitFor();
    const { call } = await ok(site.desk.admin.post(`/tickets/${ticketId}/call-requests/accept`));
    await donor.text('Ada is waiting for you').waitFor();
    const staff = await callPage(call.roomName, call.adminToken);
    return { donor, ticketId, staff };
  }

  it('is asked for, taken, seen on both sides, and ended by either', async () => {
    const { donor, ticketId, staff } = await called();
    await staff.getByText('Ready to join?').waitFor();
    await Promise.all([join(staff), donor.button('Join the call').click()]);
    expect(await isPlaying(donor.page, donor.panel.locator('.remote video'))).toBe(true);
    expect(await isPlaying(staff, staff.locator('.remote video'))).toBe(true);
    // The conversation's times may look like it too, between midnight and one.
    await donor.panel
      .getByRole('timer')
      .filter({ hasText: /^0:\d\d$/ })
      .waitFor();

    await donor.button('Turn microphone off').click();
    await staff.getByLabel('Maria has the microphone off').waitFor();
    await donor.button('Turn camera off').click();
    await staff.locator('.remote video.dark').waitFor({ state: 'attached' });
    await donor.button('Turn camera on').click();
    await staff.locator('.remote video.dark').waitFor({ state: 'detached' });
    expect(await isPlaying(staff, staff.locator('.remote video'))).toBe(true);
    expect((await row('tickets')).status).toBe('active_call');

    await donor.panel.getByRole('button', { name: 'Close' }).click();
    await donor.page.getByRole('button', { name: 'Help and contact, You are on a call' }).click();
    await donor.write('Can you see this too?');
    await donor.log.locator('.line:has-text("Can you see this too?") .tick').waitFor();
    await donor.button('Hang up').click();
    await staff.getByText('The call has ended').waitFor();
    expect(await row('calls')).toMatchObject({ status: 'ended', end_reason: 'hung_up' });
    expect((await row('tickets')).status).toBe('pending');

    await donor.button('This is solved').click();
    await donor.button('Yes, it is solved').click();
    await donor.panel.getByRole('radio', { name: '5 stars' }).check();
    await donor.button('Send rating').click();
    await donor.text('Thank you for your rating!').waitFor();
    expect(await row('tickets')).toMatchObject({ id: ticketId, status: 'resolved', rating: 5 });
    expect([...faultsOf(donor.page), ...faultsOf(staff)]).toEqual([]);
  });

  it('finds its way again when the sockets are cut or the page is loaded again, which asks first, and ends when staff hangs up', async () => {
    const { donor, staff } = await called();
    await Promise.all([join(staff), donor.button('Join the call').click()]);
    expect(await isPlaying(donor.page, donor.panel.locator('.remote video'))).toBe(true);
    const { SOCKET_SERVER } = await import('../../src/reactions/realtime/server/socket-state.js');
    site.desk.server.app.get(SOCKET_SERVER, { strict: false }).disconnectSockets(true);
    await donor.button('Turn microphone off').click();
    await staff.getByLabel('Maria has the microphone off').waitFor();
    expect(await isPlaying(donor.page, donor.panel.locator('.remote video'))).toBe(true);
    expect(await isPlaying(staff, staff.locator('.remote video'))).toBe(true);

    const asked: string[] = [];
    for (const page of [staff, donor.page])
      page.on('dialog', (dialog) => {
        asked.push(dialog.type());
        void dialog.accept();
      });
    await staff.reload();
    expect(asked).toEqual(['beforeunload']);
    await join(staff);
    await staff.locator('.remote video').waitFor();
    expect(await isPlaying(staff, staff.locator('.remote video'))).toBe(true);
    await donor.panel.locator('.remote').nth(1).waitFor({ state: 'detached' });
    expect(await isPlaying(donor.page, donor.panel.locator('.remote video'))).toBe(true);

    await staff.getByRole('button', { name: 'Hang up' }).click();
    await donor.text('The call has ended.').waitFor();
    expect(await donor.panel.locator('.call').count()).toBe(0);
    // Nobody is asked when the call is over.
    await donor.page.reload();
    expect(asked).toEqual(['beforeunload']);
  });

  it('is offered again after the donor has loaded the page again, beside the open chat and beside the closed one', async () => {
    const { donor, staff } = await called();
    const { page } = donor;
    const bubble = page
      .locator('#concierge-widget')
      .getByRole('group', { name: 'Your call is still running' });
    page.on('dialog', (dialog) => void dialog.accept());
    await Promise.all([join(staff), donor.button('Join the call').click()]);
    expect(await isPlaying(page, donor.panel.locator('.remote video'))).toBe(true);
    await donor.reload();
    await donor.text('Your call is still running').waitFor();
    await donor.button('Return to call').click();
    expect(await isPlaying(page, donor.panel.locator('.remote video'))).toBe(true);
    expect(await isPlaying(staff, staff.locator('.remote video'))).toBe(true);

    await donor.panel.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await bubble.waitFor();
    expect(await donor.panel.count()).toBe(0);
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await bubble.getByRole('button', { name: 'Return to call' }).click();
    expect(await isPlaying(page, donor.panel.locator('.remote video'))).toBe(true);
    expect(await isPlaying(staff, staff.locator('.remote video'))).toBe(true);

    // What is over is not offered.
    await donor.panel.getByRole('button', { name: 'Close' }).click();
    await page.goto('about:blank');
    await staff.getByRole('button', { name: 'Hang up' }).click();
    while ((await row('calls')).status !== 'ended') await staff.waitForTimeout(50);
    await page.goto(url);
    await page.waitForLoadState('networkidle');
    expect(await bubble.count()).toBe(0);
    expect([...faultsOf(page), ...faultsOf(staff)]).toEqual([]);
  });

  it('comes with the ticket when the donor wants one at once, and lets the donor wait inside', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start({ door: 1, message: '' });
    await donor.text('Your call is open').waitFor();
    await donor.button('Join the call').click();
    await donor.text('Waiting for somebody to join…').waitFor();
    expect(await donor.panel.locator('.control').count()).toBe(2);
    await donor.button('Hang up').click();
    await donor.text('The call has ended.').waitFor();
    expect(await row('calls')).toMatchObject({ call_type: 'audio', status: 'ended' });
  });

  it('can be taken back, and be declined', async () => {
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start();
    const { id } = await row('tickets');
    const request = async () => {
      await donor.button('Ask for a call').click();
      await donor.button(/^Call$/).click();
      await donor.text('We are looking for somebody').waitFor();
    };
    await request();
    await donor.button('Cancel the call').click();
    await donor.text('You took back your wish for a call.').waitFor();
    await request();
    const [waiting] = await ok(site.desk.admin.get(`/tickets/${id}/call-requests`));
    await ok(site.desk.admin.post(`/call-requests/${waiting.id}/reject`));
    await donor.text('Not right now, sorry').waitFor();
  });

  it('explains a device that may not be used, and goes on without it', async () => {
    const { donor, staff } = await called();
    await donor.page.evaluate(`navigator.mediaDevices.getUserMedia = ({ video }) => video
      ? Promise.reject(new DOMException('no', 'NotAllowedError'))
      : Promise.reject(new DOMException('none', 'NotFoundError'))`);
    await Promise.all([join(staff), donor.button('Join the call').click()]);
    await donor.text('Your browser does not let us use the camera.').waitFor();
    await donor.text('We find no microphone.').waitFor();
    expect(await isPlaying(donor.page, donor.panel.locator('.remote video'))).toBe(true);
  });

  describe('on its own page', () => {
    it('explains a link without its token, with a bad one, and one to a call that is over', async () => {
      const bare = await browser().page();
      await bare.goto(`${site.desk.server.url}/call/some-room`);
      await bare.getByText('This link is not complete').waitFor();
      const bad = await callPage('some-room', 'nonsense');
      await bad.getByText('This link is no longer valid').waitFor();
      const { staff, ticketId } = await called();
      await staff.getByText('Ready to join?').waitFor();
      await ok(site.desk.admin.put(`/tickets/${ticketId}/resolve`));
      await join(staff);
      await staff.getByText('The call has ended').waitFor();
      await staff.reload();
      await staff.getByText('The call has ended').waitFor();
    });
  });
});

describeInBrowser('a call nobody takes', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open({ video: { ...testConfig('').video, callRequestTtl: 2 } });
  });
  afterAll(() => site.close());

  it('is told as missed, and can be asked for again', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/'));
    await donor.open();
    await donor.start();
    await donor.button('Ask for a call').click();
    await donor.button(/^Call$/).click();
    await donor.text('Sorry, we missed you').waitFor();
    await donor.button('Ask again').click();
    await donor.text('We are looking for somebody').waitFor();
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, faultsOf, isPlaying, useBrowser } from '../support/browser.js';
import { testConfig, videoConfig } from '../support/app.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';
import { FakeDaily } from '../support/fake-daily.js';
import { FakeVideosdk } from '../support/fake-videosdk.js';

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

describeInBrowser('a call over Daily', () => {
  const browser = useBrowser();
  let daily: FakeDaily;
  let site: Site;
  beforeAll(async () => {
    daily = await FakeDaily.start();
    const { video } = testConfig('');
    site = await Site.open({
      video: { ...video, provider: 'daily', dailyApiKey: daily.apiKey, dailyApiUrl: daily.url },
    });
  });
  afterAll(async () => {
    await site.close();
    await daily.close();
  });

  it('puts Daily’s frame into the panel, with the room’s address, and ends by our own button', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/'));
    const framed: string[] = [];
    await donor.page.context().route(/daily\.co/, (route) => {
      framed.push(route.request().url());
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Daily</title>' });
    });
    await donor.open();
    await donor.start({ door: 2 });
    await donor.button('Join the call').click();
    await donor.panel.locator('.frame iframe').waitFor();
    const [room] = [...daily.rooms.values()];
    await donor.page.frameLocator('#concierge-widget iframe').locator('title').waitFor({ state: 'attached' });
    expect(framed.some((address) => address.startsWith(room!.url))).toBe(true);
    await donor.button('Hang up').click();
    await donor.text('The call has ended.').waitFor();
    expect(await donor.panel.locator('iframe').count()).toBe(0);
  });
});

describeInBrowser('a call over VideoSDK', () => {
  const browser = useBrowser();
  let vendor: FakeVideosdk;
  let site: Site;
  beforeAll(async () => {
    vendor = await FakeVideosdk.start();
    const video = videoConfig({
      provider: 'videosdk',
      videosdkApiKey: vendor.apiKey,
      videosdkSecretKey: vendor.secretKey,
      videosdkApiUrl: vendor.url,
    });
    site = await Site.open({ video });
  });
  afterAll(async () => {
    await site.close();
    await vendor.close();
  });

  it('opens its hosted page in the panel, as the person of the token, and ends by our own button', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/'));
    const framed: URL[] = [];
    await donor.page.context().route(/embed\.videosdk\.live/, (route) => {
      framed.push(new URL(route.request().url()));
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>VideoSDK</title>' });
    });
    await donor.open();
    await donor.start({ door: 2 });
    await donor.button('Join the call').click();
    await donor.page.frameLocator('#concierge-widget iframe').locator('title').waitFor({ state: 'attached' });
    const [room] = [...vendor.rooms.values()];
    const asked = Object.fromEntries(framed[0]!.searchParams);
    const payload = Buffer.from(asked.token!.split('.')[1]!, 'base64url').toString();
    expect(JSON.parse(payload)).toMatchObject({ roomId: room!.roomId, participantId: asked.participantId });
    expect(asked).toMatchObject({
      meetingId: room!.roomId,
      webcamEnabled: 'true',
      joinScreenEnabled: 'false',
    });
    await donor.button('Hang up').click();
    await donor.text('The call has ended.').waitFor();
    expect(await donor.panel.locator('iframe').count()).toBe(0);
  });
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, useBrowser } from '../support/browser.js';
import { testConfig, videoConfig } from '../support/app.js';
import { DonorPage, Site } from '../support/donor-page.js';
import { FakeDaily } from '../support/fake-daily.js';
import { FakeVideosdk } from '../support/fake-videosdk.js';

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

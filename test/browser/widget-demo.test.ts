import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, faultsOf, seriousFaults, stylesOf, useBrowser } from '../support/browser.js';
import { openDesk, type Desk } from '../support/desk.js';
import { DonorPage } from '../support/donor-page.js';

describeInBrowser('the demo page', () => {
  const browser = useBrowser();
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  it('shows the widget on a charity’s site, and loads nothing from elsewhere', async () => {
    const page = await browser().page();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.goto(`${desk.server.url}/demo`);
    const donor = new DonorPage(page);
    await donor.open();
    await donor.start({ message: 'Hello from the demo' });
    const { rows } = await desk.db.query('SELECT description, context FROM tickets');
    expect(rows).toMatchObject([
      { description: 'Hello from the demo', context: { title: await page.title() } },
    ]);
    expect([...new Set(asked)]).toEqual([desk.server.url]);
    expect(faultsOf(page)).toEqual([]);
  });

  it('speaks another language with its widget, which has another colour and knows who has given', async () => {
    const page = await browser().page();
    await page.goto(`${desk.server.url}/demo`);
    const donor = new DonorPage(page);
    await donor.launcher.waitFor();
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('heading', { name: 'Wasser ist ein Anfang.' }).waitFor();
    expect(await page.getByLabel('Sprache').inputValue()).toBe('de');
    await donor.launcher.waitFor();
    await page.getByLabel('Farbe').fill('#7a1f5c');
    expect(await stylesOf(donor.launcher, ['backgroundColor'])).toEqual({
      backgroundColor: 'rgb(122, 31, 92)',
    });
    await page.getByLabel('£240').check();
    await page.getByLabel('Ihr Name').fill('Ida');
    await page.getByLabel('Ihre E-Mail-Adresse').fill('ida@example.org');
    await page.getByRole('button', { name: 'Spenden' }).click();
    await page.getByText('Danke, Ida! £240 einmal.').waitFor();
    await page.getByRole('button', { name: 'Fragen Sie uns zu Ihrer Spende' }).click();
    await donor.text('Hallo Ida!').waitFor();
    expect(await page.locator('#concierge-widget').count()).toBe(1);
    expect(faultsOf(page)).toEqual([]);
  });

  it('may use the camera and the microphone, and nothing else that a browser asks for', async () => {
    const page = await browser().page();
    await page.goto(`${desk.server.url}/demo`);
    const allowed = await page.evaluate(
      `['camera', 'microphone', 'display-capture', 'geolocation', 'usb', 'payment']
        .filter((feature) => document.featurePolicy.allowsFeature(feature))`,
    );
    expect(allowed).toEqual(['camera', 'microphone', 'display-capture']);
    expect(faultsOf(page)).toEqual([]);
  });

  it.each([
    ['light', 1280],
    ['dark', 375],
  ] as const)('has no serious fault that axe can find: %s, %i px', async (colorScheme, width) => {
    const page = await browser().page({ colorScheme, width });
    await page.goto(`${desk.server.url}/demo`);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

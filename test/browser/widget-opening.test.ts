import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { describeInBrowser, faultsOf, GOOD_LOOKS, looksOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';
import { enterAt, hireAt } from './dashboard-desk.js';

const DAY = 24 * 60 * 60 * 1_000;

describeInBrowser('who is there for a donor', () => {
  jest.setTimeout(180_000);
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
    await site.staffLeave();
  }, 60_000);
  afterEach(() => setDesk({ hours: [], greetings: {}, expectedReplyMinutes: null }));
  afterAll(() => site.close());

  async function setDesk(change: object): Promise<void> {
    const { version } = await ok(site.desk.boss.get('/desk/settings'));
    await ok(site.desk.boss.patch('/desk/settings', { version, ...change }));
  }

  it('decides what the doors do: callbacks while nobody is, calls as soon as somebody is', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/'));
    await donor.open();
    await donor.button(/^Ask for a callback/).click();
    await donor.panel.getByRole('heading', { name: 'Ask for a callback' }).waitFor();
    const fields = { email: 'vera@example.org', name: 'Vera Callback', message: '' };
    await donor.fill(fields);
    await donor.panel.getByLabel('Your phone number').fill('call me');
    expect({ form: await looksOf(donor.page) }).toEqual({ form: GOOD_LOOKS });
    await donor.button('Start the conversation').click();
    await donor.text('This does not look like a phone number').waitFor();
    await donor.panel.getByLabel('Your phone number').fill('+49 30 1234567');
    await donor.button('Start the conversation').click();
    await donor.text('We will call you back').waitFor();
    await donor.text(/^By .*\+49\s30\s1234567/).waitFor();
    await donor.text('You asked for a callback.').waitFor();
    expect(await ok(site.desk.admin.get('/call-requests'))).toEqual([]);

    // The telephone in the conversation asks for a callback as well, where none is owed.
    const telephone = donor.button('Ask for a callback');
    expect(await telephone.count()).toBe(0);
    await donor.button('I do not need a callback').click();
    await telephone.click();
    await donor.panel.getByLabel('Your phone number').fill('+49 30 1234567');
    await donor.panel.getByLabel('When suits you?').waitFor();
    expect({ thread: await looksOf(donor.page) }).toEqual({ thread: GOOD_LOOKS });
    await donor.button('Call me back').click();
    await donor.text('We will call you back').waitFor();
    expect(faultsOf(donor.page)).toEqual([expect.stringMatching(/status of 400/)]);

    const staff = await browser().page();
    const { server } = site.desk;
    await enterAt(staff, `${server.url}/dashboard`, await hireAt(server, { name: 'Ada Lovelace' }));
    await staff
      .getByRole('link', { name: /Vera Callback/ })
      .getByText(/^Call back by /)
      .waitFor();
    await staff.getByRole('link', { name: /^Callbacks 1$/ }).click();
    const row = staff.getByRole('row', { name: /Vera Callback/ });
    await row.getByText(/^Call back by /).waitFor();
    await row.getByText('+49 30 1234567').waitFor();
    await row.getByRole('link').first().click();
    await staff.getByText('The donor asked for a callback.').nth(1).waitFor();

    await donor.button('Close').click();
    await donor.open();
    await donor.button(/^Ask for a call$/).waitFor();
    await donor.button(/^Back$/).click();
    await donor.button(/^Ask for a call Talk/).waitFor();
    await donor.button(/^Ask for a video call/).waitFor();
    expect(faultsOf(staff)).toEqual([]);
    await staff.close();
  });

  it('is said in the desk’s words, and when it opens next in the reader’s language and zone', async () => {
    const greetings = { en: 'Welcome to Clearspring!', de: 'Willkommen bei Clearspring!' };
    await setDesk({ greetings, expectedReplyMinutes: 20 });
    const donor = await DonorPage.visit(browser(), site.page('/'), { timezoneId: 'America/New_York' });
    await donor.open();
    await donor.text(greetings.en).waitFor();
    await donor.text('We usually answer within 20 minutes.').waitFor();
    expect({ home: await looksOf(donor.page) }).toEqual({ home: GOOD_LOOKS });

    // Far enough ahead to be named by its weekday, also if a midnight comes meanwhile.
    const opening = new Date(Math.floor(Date.now() / DAY) * DAY + 3 * DAY + 15 * 60 * 60 * 1_000);
    const hours = [{ weekday: opening.getUTCDay() || 7, from: '15:00', to: '16:00' }];
    await setDesk({ hours, timeZone: 'UTC' });
    const shown = (locale: string, options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { timeZone: 'America/New_York', ...options }).format(opening);
    const time = { hour: 'numeric', minute: '2-digit' } as const;
    await donor.button('Close').click();
    await donor.open();
    const [day, clock] = [shown('en-GB', { weekday: 'long' }), shown('en-GB', time)];
    await donor.text(`We are back on ${day} at ${clock}.`).waitFor();

    const german = site.page('/de', { attributes: 'data-locale="de"' });
    const reader = await DonorPage.visit(browser(), german, {
      ...{ timezoneId: 'America/New_York', locale: 'de-DE' },
    });
    await reader.open();
    await reader.text(greetings.de).waitFor();
    const tag = shown('de-DE', { weekday: 'long' });
    await reader.text(`Wir sind am ${tag} um ${shown('de-DE', time)} wieder da.`).waitFor();
    expect(faultsOf(donor.page)).toEqual([]);
  });
});

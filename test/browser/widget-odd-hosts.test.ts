import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, faultsOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

/** Makes the browser say what some systems, kiosks and web views say. */
const says = (languages: unknown, language: unknown) =>
  `Object.defineProperty(navigator, 'languages', { get: () => ${JSON.stringify(languages)} });
   Object.defineProperty(navigator, 'language', { get: () => ${JSON.stringify(language)} });`;

describeInBrowser('the widget on pages and browsers that say odd things', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  });
  afterAll(() => site.close());

  async function visit(path: string, script: string, attributes = ''): Promise<DonorPage> {
    const page = await browser().page();
    await page.addInitScript(script);
    await page.goto(site.page(path, { attributes }));
    const donor = new DonorPage(page);
    await donor.open();
    return donor;
  }

  it.each([
    ['a POSIX locale', ['en-US@posix'], 'en-US@posix', 'How can we help you?'],
    ['the encoding too', ['de_DE.UTF-8', 'en'], 'de_DE.UTF-8', 'How can we help you?'],
    ['no language', [], '', 'How can we help you?'],
    ['no list', null, null, 'How can we help you?'],
    ['nonsense', ['-', 'en-!', '*'], '*', 'How can we help you?'],
  ])('opens and writes dates where the browser says %s', async (_what, languages, language, welcome) => {
    const donor = await visit(`/locale-${String(language)}`, says(languages, language));
    await donor.text(welcome).waitFor();
    await donor.start();
    await donor.log.getByText('Today').waitFor();
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('speaks English for a locale it does not know, and ignores a colour that is none', async () => {
    const donor = await visit('/odd', '', 'data-locale="x y@z" data-color="red;}"');
    await donor.text('How can we help you?').waitFor();
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('takes ids that are numbers, and nothing for what is no text', async () => {
    const donor = await visit('/numbers', '');
    await donor.page.evaluate(
      `Concierge.identify({ donorId: 4711, name: null, email: { at: 'x' }, token: undefined })`,
    );
    await donor.start({ message: 'By number' });
    const [ticket] = await ok(site.desk.admin.get('/tickets?q=number'));
    expect(ticket).toMatchObject({ donorId: '4711', donorName: 'Maria' });
    await donor.page.evaluate('Concierge.identify(null)');
    await donor.text('How can we help you?').waitFor();
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it.each([
    [
      'storage is forbidden',
      `for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, {
         get() { throw new DOMException('denied', 'SecurityError') } });`,
    ],
    [
      'storage is full',
      `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };`,
    ],
    [
      'an old library teaches lists to write themselves as JSON',
      `Array.prototype.toJSON = function () { return '[' + [...this].map((one) => JSON.stringify(one)).join(', ') + ']' };`,
    ],
  ])('takes a conversation where %s', async (what, script) => {
    const donor = await visit(`/odd-${what.length}`, script);
    await donor.start({ message: 'First words' });
    await donor.write('Second words');
    await donor.log.locator('.line:has-text("Second words") .tick.check').waitFor();
    await donor.button('Back').click();
    await donor.text('First words').waitFor();
    await donor.button('Forget this device').click();
    await donor.button('Remove').click();
    await donor.text('No conversations yet.').waitFor();
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('needs no more than its script’s nonce under strict-dynamic and trusted types', async () => {
    const url = site.page('/nonce', {
      embed: (desk) => `<script nonce="abc" async src="${desk}/widget.js"></script>`,
      policy: (desk) =>
        `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; style-src 'none'; img-src ${desk}; ` +
        `connect-src ${desk} ${desk.replace('http', 'ws')}; base-uri 'none'; require-trusted-types-for 'script'`,
    });
    const donor = await DonorPage.visit(browser(), url);
    await donor.open();
    await donor.start();
    await donor.isLive();
    expect(faultsOf(donor.page)).toEqual([]);
  });
});

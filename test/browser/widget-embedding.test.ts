import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, faultsOf, stylesOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

/** What sites do to change pages without loading them. */
const SWAPS: readonly (readonly [how: string, script: string])[] = [
  [
    'replaces the body, as Turbo does',
    `const next = document.createElement('body'); next.innerHTML = '<h1>Second page</h1>';
     document.documentElement.replaceChild(next, document.body);`,
  ],
  ['empties the body, as htmx does', `document.body.innerHTML = '<h1>Second page</h1>';`],
  [
    'replaces the whole element, as some view transitions do',
    `const next = document.documentElement.cloneNode(true); document.documentElement.replaceWith(next);`,
  ],
  [
    'brings an earlier copy of the body back',
    `const copy = document.body.cloneNode(true); document.body.replaceWith(copy);`,
  ],
];

/** Keeps the timers that run in `timers`. */
const COUNT_TIMERS = `window.timers = new Set();
  for (const [kind, once] of [['Timeout', true], ['Interval', false]]) {
    const [set, clear] = [window['set' + kind], window['clear' + kind]];
    window['set' + kind] = (act, ...more) => {
      const id = set((...given) => { if (once) timers.delete(id); act(...given); }, ...more);
      timers.add(id);
      return id;
    };
    window['clear' + kind] = (id) => { timers.delete(id); clear(id); };
  }`;

/** The driver of the browser listens as well, and the module of the socket for its whole life. */
const OF_OTHERS =
  /__playwright|window (offline|click|auxclick|dblclick|contextmenu|(mouse|pointer|touch)\w+)$/;

/** What listens to the window and the document, by type. */
async function listenersOf(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const found: string[] = [];
  for (const expression of ['window', 'document', 'document.documentElement']) {
    const { result } = await session.send('Runtime.evaluate', { expression });
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! });
    found.push(...listeners.map(({ type }) => `${expression} ${type}`).filter((one) => !OF_OTHERS.test(one)));
  }
  await session.detach();
  return found.sort();
}

describeInBrowser('ways to embed the widget', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  });
  afterAll(() => site.close());

  /** A page whose `bundle` holds widget.js among other scripts, on the site itself. */
  async function bundled(page: Page, path: string, embed: string): Promise<DonorPage> {
    const widget = await (await fetch(`${site.desk.server.url}/widget.js`)).text();
    await page.route('**/bundle.js', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `window.other = 1;\n${widget}\n;window.more = 1;`,
      }),
    );
    await page.goto(site.page(path, { embed: (desk) => embed.replaceAll('DESK', desk) }));
    return new DonorPage(page);
  }

  it.each(SWAPS)('stays, with what was typed, where a site %s', async (how, script) => {
    const donor = await DonorPage.visit(
      browser(),
      site.page(`/swap-${SWAPS.findIndex(([one]) => one === how)}`),
    );
    const { page } = donor;
    await donor.open();
    await donor.start({ message: 'Before the swap' });
    await donor.composer.fill('Half a sentence');
    for (let round = 0; round < 2; round++) {
      await page.evaluate(script);
      await donor.panel.waitFor();
      expect(await page.locator('#concierge-widget').count()).toBe(1);
    }
    expect(await donor.composer.inputValue()).toBe('Half a sentence');
    await donor.write('After the swap');
    await donor.log.locator('.line:has-text("After the swap") .tick.check').waitFor();
    // The page's script tag runs again, and is the same widget.
    await page.evaluate(
      `new Promise((resolve) => { const again = document.createElement('script'); again.onload = resolve;
        again.src = '${site.desk.server.url}/widget.js'; document.body.append(again) })`,
    );
    expect(await page.locator('#concierge-widget').count()).toBe(1);
    expect(faultsOf(page)).toEqual([]);
  });

  it('works as a module, in the colour of the desk', async () => {
    await ok(site.desk.boss.patch('/desk/settings', { version: 1, colour: '#7a1f5c' }));
    const embed = (desk: string) =>
      `<script type="module" src="${desk}/widget.js" data-locale="de" data-position="left"></script>`;
    const donor = await DonorPage.visit(browser(), site.page('/module', { embed }));
    await donor.open();
    await donor.text('Hallo!').waitFor();
    const look = await stylesOf(donor.launcher, ['backgroundColor']);
    expect(look).toEqual({ backgroundColor: 'rgb(122, 31, 92)' });
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('works in one script with others, by data-origin', async () => {
    const page = await browser().page();
    const tag = '<script src="/bundle.js" defer data-origin="DESK/" data-name="Ida"></script>';
    const donor = await bundled(page, '/bundle', tag);
    await donor.open();
    await donor.text('Hello Ida!').waitFor();
    await donor.start();
    expect(faultsOf(page)).toEqual([]);
  });

  it('works in one script with others, by Concierge.init', async () => {
    const page = await browser().page();
    const donor = await bundled(
      page,
      '/init',
      `<script src="/bundle.js"></script>
       <script>Concierge.identify({ name: 'Ida' }); Concierge.init({ url: 'DESK', locale: 'fr' });
         Concierge.init({ url: 'https://elsewhere.example' });</script>`,
    );
    await donor.open();
    await donor.text('Ida').first().waitFor();
    expect(await donor.panel.getAttribute('lang')).toBe('fr');
    expect(faultsOf(page)).toEqual([]);
  });

  it('says in the console what to do where nothing tells which desk it is', async () => {
    const page = await browser().page();
    await bundled(page, '/lost', '<script src="/bundle.js"></script>');
    await page.waitForLoadState('load');
    while (faultsOf(page).length === 0) await page.waitForTimeout(50);
    expect(faultsOf(page)).toEqual([
      expect.stringContaining(
        'add data-origin="https://your-desk" to its script tag, or call Concierge.init({ url })',
      ),
    ]);
    await page.evaluate(`Concierge.init({ url: 'ftp://x' })`);
    while (faultsOf(page).length === 1) await page.waitForTimeout(50);
    expect(faultsOf(page)[1]).toContain('This is no address: ftp://x');
  });

  it('carries out in order what the page asked for before it was there', async () => {
    const head = `<script>window.heard = []; window.Concierge ??= [];
      Concierge.push(['identify', { email: 'ida@example.org', name: 'Ida' }], ['on', 'open', () => heard.push('open')]);
      Concierge.push(['nothing'], ['open']);</script>`;
    const page = await browser().page();
    await page.goto(site.page('/queue', { head }));
    const donor = new DonorPage(page);
    await donor.text('Hello Ida!').waitFor();
    expect(await page.evaluate('heard')).toEqual(['open']);
    await page.evaluate(`Concierge.push(['close'])`);
    await donor.panel.waitFor({ state: 'hidden' });
    expect(faultsOf(page)).toEqual([expect.stringContaining('TypeError')]);
  });

  it('works where an element of the page has its name', async () => {
    const donor = await DonorPage.visit(
      browser(),
      site.page('/named', {
        embed: (desk) => `</head><body><div id="Concierge"></div><script src="${desk}/widget.js"></script>`,
      }),
    );
    await donor.open();
    await donor.text('How can we help you?').waitFor();
  });

  it('leaves nothing on the page with Concierge.destroy, and starts again with Concierge.init', async () => {
    const page = await browser().page();
    await page.addInitScript(COUNT_TIMERS);
    await page.goto(site.page('/destroy'));
    const donor = new DonorPage(page);
    await donor.launcher.waitFor();
    const socket = page.waitForEvent('websocket');
    await donor.open();
    await donor.start({ message: 'Kept all the same' });
    await donor.isLive();
    expect(await listenersOf(page)).toContain('window pagehide');
    const closed = (await socket).waitForEvent('close');
    await page.evaluate('Concierge.destroy()');
    await closed;
    expect(await page.locator('#concierge-widget').count()).toBe(0);
    await page.waitForFunction('timers.size === 0');
    expect(await listenersOf(page)).toEqual([]);
    await page.evaluate(`document.body.innerHTML = '<h1>Second page</h1>'`);
    await page.evaluate('new Promise((resolve) => setTimeout(resolve))');
    expect(await page.locator('#concierge-widget').count()).toBe(0);
    await page.evaluate(`Concierge.init({ url: '${site.desk.server.url}', locale: 'de' })`);
    await donor.open();
    await donor.log.getByText('Kept all the same').waitFor();
    await donor.isLive();
    expect(await donor.panel.getAttribute('lang')).toBe('de');
    await page.evaluate('Concierge.destroy()');
    // Its script, put in again as frameworks do with a component, is enough as well.
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { src: '${site.desk.server.url}/widget.js' }))`,
    );
    await donor.open();
    await donor.log.getByText('Kept all the same').waitFor();
    expect(faultsOf(page)).toEqual([]);
  });

  it('has no button where the page has its own, and tells the page what it needs for it', async () => {
    const body = `<button id="help" onclick="Concierge.open()">Help</button>`;
    const head = `<script>window.heard = []; window.Concierge ??= []; Concierge.push(['on', 'ready', () => heard.push('ready')]);
      for (const name of ['open', 'close', 'unread']) Concierge.push(['on', name, (detail) => heard.push(name + (detail ?? ''))]);
      </script>`;
    const page = await browser().page({ reducedMotion: 'reduce' });
    await page.goto(site.page('/own-button', { head, body, attributes: 'data-hide-launcher' }));
    const donor = new DonorPage(page);
    await page.waitForFunction(`heard.includes('ready')`);
    expect(await donor.launcher.isVisible()).toBe(false);
    await page.click('#help');
    await donor.panel.waitFor();
    const { y, height } = (await donor.panel.boundingBox())!;
    expect([y, y + height]).toEqual([80, 780]);
    await donor.start({ message: 'By the page’s own button' });
    await donor.isLive();
    await page.keyboard.press('Escape');
    await donor.panel.waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.id')).toBe('help');
    const [{ id }] = await ok(site.desk.admin.get('/tickets?q=button'));
    await ok(site.desk.admin.post(`/tickets/${id}/messages`, { content: 'Hello' }), 201);
    await page.waitForFunction(`heard.includes('unread1')`);
    await page.evaluate(`Concierge.on('ready', () => heard.push('ready again'))`);
    expect(await page.evaluate(`heard.filter((one) => !one.startsWith('unread'))`)).toEqual([
      'ready',
      'open',
      'close',
      'ready again',
    ]);
    // A call that rings shows all the same.
    await ok(site.desk.admin.post('/calls', { ticketId: id, callType: 'audio', initiatedBy: 'admin' }), 201);
    await donor.launcher.waitFor();
    expect(faultsOf(page)).toEqual([]);
  });
});

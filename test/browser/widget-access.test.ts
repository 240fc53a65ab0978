import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeInBrowser, seriousFaults, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

const WIDE = 1280;
const NARROW = 375;

describeInBrowser('the widget for everybody', () => {
  const browser = useBrowser();
  let site: Site;
  let url: string;
  beforeAll(async () => {
    site = await Site.open();
    url = site.page('/');
  });
  afterAll(() => site.close());

  const ticketId = async (): Promise<string> => {
    const { rows } = await site.desk.db.query('SELECT id FROM tickets ORDER BY created_at DESC LIMIT 1');
    return rows[0].id;
  };

  /** Every state in turn; `look` is told the name of each. */
  async function tour(donor: DonorPage, look: (state: string) => Promise<void>): Promise<void> {
    const { admin } = site.desk;
    await look('launcher');
    await donor.open();
    await look('home');
    await donor.panel.locator('.door').first().click();
    await look('form');
    await donor.panel.locator('button[type=submit]').click();
    await donor.panel.locator('.faulty').first().waitFor();
    await look('form with faults');
    await donor.fill({
      email: 'maria@example.org',
      name: 'Maria Lindqvist',
      message: 'Where is my receipt?',
    });
    await donor.panel.locator('button[type=submit]').click();
    await donor.composer.waitFor();
    await look('new ticket');
    const id = await ticketId();
    await ok(admin.put(`/tickets/${id}/assign`, {}));
    await ok(admin.post(`/tickets/${id}/messages`, { content: 'https://example.org/'.repeat(12) }), 201);
    await donor.write('Thank you!');
    await donor.log.locator('.line:has-text("Thank you!") .tick.check').waitFor();
    await look('thread');
    await donor.page.context().setOffline(true);
    await donor.panel.locator('.strip.offline').waitFor();
    await look('offline');
    await donor.page.context().setOffline(false);
    await donor.panel.locator('.strip').waitFor({ state: 'detached' });
    await tourCall(donor, id, look);
    await donor.panel.locator('.bar .icon-button').nth(-2).click();
    await look('is it solved');
    await donor.panel.locator('.card .primary').click();
    await donor.panel.locator('.rating').waitFor();
    await donor.panel.locator('.stars label').nth(3).click();
    await look('rating');
    await donor.panel.locator('.rating .primary').click();
    await donor.panel.locator('.rated').waitFor();
    await ok(admin.put(`/tickets/${id}/close`));
    await donor.panel.locator('.closed').waitFor();
    await look('closed');
    await donor.panel.locator('.bar .icon-button').first().click();
    await donor.panel.locator('.ticket').waitFor();
    await look('conversations');
  }

  async function tourCall(
    donor: DonorPage,
    id: string,
    look: (state: string) => Promise<void>,
  ): Promise<void> {
    await donor.panel.locator('.bar .icon-button').nth(1).click();
    await look('ask for a call');
    await donor.panel.locator('.card .button').nth(1).click();
    await donor.panel.locator('.waiting').waitFor();
    await look('waiting for a call');
    await ok(site.desk.admin.post(`/tickets/${id}/call-requests/accept`));
    await donor.panel.locator('.ring').waitFor();
    await look('call is there');
    await donor.panel.locator('.ring .button').click();
    await donor.panel.locator('.call .self').waitFor();
    await look('in a call');
    await donor.panel.locator('.hang-up').click();
    await donor.panel.locator('.call').waitFor({ state: 'detached' });
  }

  describe.each([
    ['light', WIDE],
    ['dark', WIDE],
    ['light', NARROW],
    ['dark', NARROW],
  ] as const)('%s, %i px', (colorScheme, width) => {
    it('has no serious fault that axe can find, in any state', async () => {
      const options = { colorScheme, width, reducedMotion: 'reduce' as const };
      const donor = await DonorPage.visit(browser(), url, options);
      const found: string[] = [];
      await tour(donor, async (state) => {
        found.push(...(await seriousFaults(donor.page)).map((fault) => `${state}: ${fault}`));
      });
      expect(found).toEqual([]);
    }, 120_000);
  });

  it.each([
    ['de-DE', 'ltr'],
    ['fr-FR', 'ltr'],
    ['ar-EG', 'rtl'],
  ])(
    'fits a phone in %s, and runs %s',
    async (locale, direction) => {
      const donor = await DonorPage.visit(browser(), url, { locale, width: NARROW });
      await donor.page.evaluate(`document.documentElement.lang = '${locale}'`);
      const found: string[] = [];
      await tour(donor, async (state) => {
        if (state === 'launcher') return;
        expect(await donor.panel.getAttribute('dir')).toBe(direction);
        const wide = await donor.page.evaluate(OVERFLOWING);
        found.push(...(wide as string[]).map((part) => `${state}: ${part}`));
      });
      expect(found).toEqual([]);
      const back = (await donor.panel.locator('.door-icon').first().boundingBox())!;
      if (direction === 'rtl') expect(back.x).toBeGreaterThan(NARROW / 2);
      else expect(back.x).toBeLessThan(NARROW / 2);
    },
    120_000,
  );

  it('is used from end to end by keyboard alone', async () => {
    const donor = await DonorPage.visit(browser(), url);
    const { keyboard } = donor.page;
    const focused = async () => String(await donor.page.evaluate(FOCUSED));
    const tabTo = async (label: string) => {
      for (let step = 0; step < 25; step++) {
        if ((await focused()).includes(label)) return;
        await keyboard.press('Tab');
      }
      throw new Error(`Tab never came to ${label}; it is at ${await focused()}`);
    };
    await tabTo('Help and contact');
    await keyboard.press('Enter');
    await donor.panel.waitFor();
    await tabTo('Write to us');
    await keyboard.press('Enter');
    await donor.panel.getByRole('button', { name: 'Start the conversation' }).waitFor();
    await tabTo('message');
    await keyboard.type('No mouse here');
    await keyboard.press('Tab');
    expect(await focused()).toContain('email');
    await keyboard.type('keys@example.org');
    await tabTo('Start the conversation');
    await keyboard.press('Enter');
    await donor.composer.waitFor();
    expect(await focused()).toContain('Write a message');
    await keyboard.type('Hello');
    await keyboard.press('Enter');
    await donor.log.locator('.line:has-text("Hello") .tick.check').waitFor();
    await keyboard.press('Shift+Tab');
    expect(await focused()).toContain('Messages');
    await keyboard.press('Shift+Tab');
    await keyboard.press('Shift+Tab');
    await tabTo('This is solved');
    await keyboard.press('Space');
    // The question is loaded when it is first asked.
    await donor.panel.getByRole('button', { name: 'Yes, it is solved' }).waitFor();
    await tabTo('Yes, it is solved');
    await keyboard.press('Enter');
    await donor.panel.locator('.rating').waitFor();
    await tabTo('1 star');
    for (let star = 1; star < 4; star++) await keyboard.press('ArrowRight');
    await tabTo('Send rating');
    await keyboard.press('Enter');
    await donor.text('Thank you for your rating!').waitFor();
    await keyboard.press('Escape');
    await donor.panel.waitFor({ state: 'hidden' });
    expect(await focused()).toContain('Help and contact');
    const { rows } = await site.desk.db.query(
      `SELECT rating FROM tickets WHERE donor_email = 'keys@example.org'`,
    );
    expect(rows).toEqual([{ rating: 4 }]);
  });

  it('keeps Tab inside on a phone, and its keys away from the page', async () => {
    const donor = await DonorPage.visit(browser(), url, { width: NARROW });
    const { keyboard } = donor.page;
    await donor.page.evaluate(
      `window.keys = []; addEventListener('keydown', (event) => keys.push(event.key))`,
    );
    await donor.open();
    const stops: unknown[] = [];
    for (let step = 0; step < 12; step++) {
      await keyboard.press(step < 9 ? 'Tab' : 'Shift+Tab');
      stops.push(await donor.page.evaluate(FOCUSED));
    }
    expect(stops.filter((stop) => !String(stop).startsWith('panel'))).toEqual([]);
    expect(new Set(stops).size).toBe(4);
    expect(await donor.page.evaluate('keys')).toEqual([]);
    await donor.panel.locator('.bar, .hero').getByRole('button', { name: 'Close' }).click();
    await donor.panel.waitFor({ state: 'hidden' });
  });

  it('moves nothing for those who want it still', async () => {
    const donor = await DonorPage.visit(browser(), url, { reducedMotion: 'reduce' });
    await donor.open();
    expect(await donor.page.evaluate('document.getAnimations().length')).toBe(0);
    expect(
      await donor.page.evaluate(
        `document.querySelector('#concierge-widget').shadowRoot.getAnimations().filter(({ playState }) => playState === 'running').length`,
      ),
    ).toBe(0);
  });
});

/** Where the focus is: `panel` or `page`, and what names the element. */
const FOCUSED = `(() => {
  const host = document.activeElement;
  const inner = host?.shadowRoot?.activeElement;
  const one = inner ?? host;
  const place = inner?.closest('.panel') ? 'panel' : 'page';
  return [place, one.getAttribute('aria-label') ?? '', one.name ?? '', one.textContent.trim().slice(0, 60)].join(' ');
})()`;

/** Parts of the open panel that stick out of it or whose words are cut off. */
const OVERFLOWING = `(() => {
  const panel = document.querySelector('#concierge-widget').shadowRoot.querySelector('.panel');
  const { left, right } = panel.getBoundingClientRect();
  const named = (one) => one.className + ' ' + one.textContent.trim().slice(0, 40);
  const all = [...panel.querySelectorAll('*')].filter((one) => one.offsetParent && !one.closest('.sr, .stars'));
  const out = all.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && (box.left < left - 1 || box.right > right + 1);
  });
  const cut = all.filter((one) => one.matches('button, .chip, h1, .card-title, label') && one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).display !== 'inline');
  return [...out, ...cut].map(named);
})()`;

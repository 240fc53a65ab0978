import { readCatalogues } from '../../scripts/i18n-faults.js';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Locale } from '../../src/contract/locales.js';
import type { TicketFixture } from '../factories/ticket.factory.js';
import { describeInBrowser, seriousFaults } from '../support/browser.js';
import { ok } from '../support/client.js';
import { enterAt, eventually, pathOf, useDashboard } from './dashboard-desk.js';

const CATALOGUES = readCatalogues(`${import.meta.dirname}/../../web/i18n`);

/** English texts that this language says in another way. */
function englishOnly(locale: Locale): string[] {
  const texts = CATALOGUES.filter(({ name }) => name.startsWith('dashboard/')).map(({ texts }) => texts);
  const own = new Set(texts.flatMap((all) => Object.values(all[locale] ?? {})));
  return texts
    .flatMap(({ en = {} }) => Object.values(en))
    .filter((text) => !text.includes('{') && !own.has(text));
}

/** What people see and hear of the page: its texts, and the attributes that are shown or read aloud. */
const shownOn = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!node.parentElement.closest('script, style, option')) found.push(node.data.trim());
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      for (const element of document.querySelectorAll('[' + name + ']')) found.push(element.getAttribute(name));
    return found.filter(Boolean);
  })()`);

/** Labels of the product that do not fit: what people have written may be cut. */
const clippedOn = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const found = [];
    for (const element of document.querySelectorAll('body *')) {
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
      const { overflowX, position } = getComputedStyle(element);
      const isOfPeople = element.closest('[data-truncate], [data-line-clamp], bdi') !== null;
      const isUnseen = position === 'absolute' || element.clientWidth <= 1;
      if (!hasText || overflowX === 'visible' || isOfPeople || isUnseen) continue;
      if (element.scrollWidth > element.clientWidth + 1) found.push(element.className + ': ' + element.textContent);
    }
    return found;
  })()`);

const fitsInWidth = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');

describeInBrowser('the languages of the dashboard', () => {
  const desk = useDashboard();

  /** A ticket with one of everything on it. */
  async function rich(): Promise<TicketFixture> {
    const { cleo, bo, ticket } = desk();
    const opened = await ticket({ description: '?', priority: 'urgent', category: 'Payment and refunds' });
    const at = `/tickets/${opened.id}`;
    await ok(cleo.put(`${at}/assign`));
    await ok(cleo.post(`${at}/messages`, { content: '1' }), 201);
    await ok(cleo.post(`${at}/notes`, { content: '2' }), 201);
    await ok(opened.donor.post(`${at}/messages`, { content: '3' }), 201);
    await ok(cleo.post(`${at}/transfer`, { toAdminId: bo.id, transferNotes: '4' }));
    return opened;
  }

  it('speaks the language of the browser at the door, and the one that is chosen there', async () => {
    const { browser, server } = desk();
    const page = await browser.page({ locale: 'de-AT' });
    await page.goto(`${server.url}/dashboard`);
    await page.getByRole('button', { name: 'Anmelden' }).waitFor();
    expect(await page.evaluate<string>('document.documentElement.lang')).toBe('de');
    await page.getByLabel('Sprache').selectOption('ar');
    await page.getByRole('button', { name: 'تسجيل الدخول' }).waitFor();
    expect(await page.evaluate<string>('document.documentElement.dir')).toBe('rtl');
    await page.reload();
    await page.getByRole('button', { name: 'تسجيل الدخول' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByLabel('اسم المستخدم').fill('nobody');
    await page.getByLabel('كلمة المرور', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'تسجيل الدخول' }).click();
    await page.getByRole('alert').getByText('غير صحيح').waitFor();
  });

  it('keeps the language with the account, after a reload and in another browser', async () => {
    const { browser, provisionStaff, open, server } = desk();
    const person = await provisionStaff('Fleur');
    const page = await open(person, '/dashboard/account');
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    await page.getByLabel('Language').last().selectOption('fr');
    await page.getByRole('heading', { name: 'Mon compte' }).waitFor();
    await page.getByText('C’est enregistré.').waitFor();
    await page.getByRole('link', { name: 'Tous les tickets' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Mon compte' }).waitFor();
    expect((await ok(person.get('/users/me'))).locale).toBe('fr');

    const elsewhere = await browser.page({ locale: 'en-GB' });
    await enterAt(elsewhere, `${server.url}/dashboard`, person);
    await elsewhere.getByRole('heading', { name: 'Tableau' }).waitFor();
    expect(await elsewhere.evaluate<string>('document.documentElement.lang')).toBe('fr');
  });

  it('keeps the focus and what is written when the language changes', async () => {
    const { provisionStaff, open } = desk();
    const page = await open(await provisionStaff('Esteban'), '/dashboard/account');
    await page.getByLabel('Current password').fill('half written');
    await page.getByLabel('Language').last().selectOption('es');
    await page.getByRole('heading', { name: 'Mi cuenta' }).waitFor();
    expect(await page.getByLabel('Contraseña actual').inputValue()).toBe('half written');
  });

  it('says refusals in the language', async () => {
    const { ada, provisionStaff, open } = desk();
    const page = await open(await provisionStaff('Greta'), '/dashboard/account', {
      locale: 'de-DE',
      faults: [/status of 4\d\d/],
    });
    await page.getByLabel('Benutzername').fill(ada.username);
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Das ist schon vergeben.').waitFor();
    await page.getByLabel('Bisheriges Passwort').fill('wrong');
    await page.getByLabel('Neues Passwort').fill('wrong');
    await page.getByRole('button', { name: 'Passwort ändern' }).click();
    await page
      .getByText('Dieses Passwort ist zu kurz oder leicht zu erraten.')
      .or(page.getByText('Das bisherige Passwort ist falsch.'))
      .first()
      .waitFor();
  });

  it.each([
    ['ar', 375],
    ['ar', 1280],
    ['de', 375],
    ['de', 1280],
  ] as const)('speaks %s on every page, and fits at %i px', async (locale, width) => {
    const { cleo, open, server } = desk();
    const opened = await rich();
    const english = new Set(englishOnly(locale));
    const page = await open(cleo, '/dashboard', { width, locale, reducedMotion: 'reduce' });
    const look = async (name: string): Promise<void> => {
      const left = (await shownOn(page)).filter((text) => english.has(text));
      expect({ name, left, clipped: await clippedOn(page) }).toEqual({ name, left: [], clipped: [] });
      // What axe finds depends on words and direction; the wide page in English has tests of its own.
      const faults = width < 600 ? await seriousFaults(page) : [];
      expect({ name, faults, fits: await fitsInWidth(page) }).toEqual({ name, faults: [], fits: true });
    };
    expect(await page.evaluate<string>('document.documentElement.dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr');
    const pages = ['', '/tickets', '/account', '/notifications', '/people', '/activity', '/nowhere'];
    for (const path of pages) {
      await page.goto(`${server.url}/dashboard${path}`);
      await page.locator('#content h1').waitFor();
      await eventually(page, `document.querySelector('[aria-busy="true"]') === null`);
      await look(path);
    }
    await page.goto(server.url + pathOf(opened));
    await page.getByRole('log').getByText('3', { exact: true }).waitFor();
    await look('ticket');
  });
});

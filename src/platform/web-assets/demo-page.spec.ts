import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import { LOCALES } from '../../contract/locales.js';
import type { Config } from '../config/config.js';
import type { DeskProfile } from '../desk-profile/desk-profile.js';
import { demoPage } from './demo-page.js';

const HTML = readFileSync('web/demo/index.html', 'utf8');
const DESK = { current: { name: 'Rock & Wells', colour: null, logoUrl: null } } as DeskProfile;
const page = demoPage(HTML, DESK, { publicUrl: 'https://desk.example.org' } as Config);

/** What a browser asks with that has chosen `lang` on the page and prefers `accepted`. */
const asking = (lang: unknown, accepted = 'en') =>
  page({
    query: { lang },
    acceptsLanguages: (known: string[]) => known.find((one) => one === accepted) ?? false,
  } as unknown as Request);

test.each(LOCALES)('has every text, and the name of the desk: %s', (locale) => {
  const html = asking(locale);
  expect(html).not.toMatch(/\{\{|\}\}|[>"]demo\.|__DESK_NAME__/);
  expect(html).toContain(`<html lang="${locale}"`);
  expect(html).toMatch(/<title>Rock &amp; Wells/);
});

test('shows every text of the catalogue', () => {
  const keys = Object.keys(JSON.parse(readFileSync('web/i18n/en/server/demo.json', 'utf8')) as object);
  expect(keys.filter((key) => !HTML.includes(`{{${key}}}`))).toEqual([]);
});

test('is in the language of the browser unless the reader has chosen one that there is', () => {
  expect(asking(undefined, 'de')).toContain('Wasser ist ein Anfang.');
  expect(asking('fr', 'de')).toContain('L’eau est un commencement.');
  expect(asking(['fr', 'es'], 'de')).toContain('Wasser ist ein Anfang.');
  expect(asking('"><script>', 'de')).toContain('Wasser ist ein Anfang.');
  expect(asking('ar')).toContain('<html lang="ar" dir="rtl">');
});

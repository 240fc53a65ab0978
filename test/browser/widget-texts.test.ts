import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LOCALES } from '../../web/shared/locale.js';

const FOLDER = join(import.meta.dirname, '../../web/widget/locales');

type Texts = Record<string, string | Record<string, string>>;
const read = (path: string): Texts => JSON.parse(readFileSync(join(FOLDER, path), 'utf8'));
const placeholders = (text: Texts[string] | undefined) =>
  [...new Set(JSON.stringify(text ?? '').match(/\{\w+\}/g) ?? [])].sort();

describe.each(['', 'call/', 'callback/', 'ending/', 'find/'])(
  'the texts in web/widget/locales/%s',
  (folder) => {
    const english = read(`${folder}en.json`);

    it('exist in each language', () => {
      const files = readdirSync(join(FOLDER, folder)).filter((name) => name.endsWith('.json'));
      expect(files.sort()).toEqual(LOCALES.map((locale) => `${locale}.json`).sort());
    });

    it.each(LOCALES.filter((locale) => locale !== 'en'))('say the same in %s', (locale) => {
      const texts = read(`${folder}${locale}.json`);
      expect(Object.keys(texts)).toEqual(Object.keys(english));
      for (const [key, text] of Object.entries(texts)) {
        expect({ key, empty: text === '' }).toEqual({ key, empty: false });
        expect({ key, values: placeholders(text) }).toEqual({ key, values: placeholders(english[key]) });
      }
      const same = Object.keys(texts).filter(
        (key) => texts[key] === english[key] && JSON.stringify(texts[key]).length > 18,
      );
      expect(same).toEqual([]);
    });
  },
);

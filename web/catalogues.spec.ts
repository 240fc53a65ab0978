import { describe, expect, it, test } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { LOCALES } from '../src/contract/locales.js';
import { argumentsOf, readCatalogues } from '../scripts/i18n-faults.js';
import { compileMessage } from './catalogues.js';
import { formatMessage, slotsOf } from './i18n/format.js';

test('compiles a text with arguments to a text with slots', () => {
  expect(compileMessage("It''s {name} with {count, number}")).toBe("It's {name} with {count}");
});

test('puts the whole sentence into each form of a plural', () => {
  expect(
    compileMessage('{name} has {count, plural, =0 {none} one {# ticket} other {# tickets}} left'),
  ).toEqual({
    plural: 'count',
    forms: {
      '=0': '{name} has none left',
      one: '{name} has {count} ticket left',
      other: '{name} has {count} tickets left',
    },
  });
});

test.each([
  '{at, date, short}',
  "'{'braces'}'",
  '{n, selectordinal, one {#st} other {#th}} {at, time}',
  '{n, number, percent}',
])('refuses %p, which the browser could not fill', (text) => expect(() => compileMessage(text)).toThrow());

test('keeps the names of slots apart from the words', () => {
  expect(slotsOf('a {who} b {whom}')).toEqual(['a ', 'who', ' b ', 'whom', '']);
});

test('leaves a slot without a value as it is', () => {
  expect(formatMessage('{a} {b}', { a: '$&' }, 'en')).toBe('$& {b}');
});

test('chooses a form by a word itself, whatever is set around the texts', () => {
  const message = compileMessage('{who, select, me {I, {name}} other {They, {name}}}');
  expect(formatMessage(message, { who: 'me', name: 'Ada' }, 'ar', (text) => `<${text}>`)).toBe('I, <Ada>');
});

/** FormatJS is the reference; the browser has no room for it. */
describe.each(LOCALES)('every message in %s', (locale) => {
  const region = `${locale}-u-nu-latn`;
  it.each(
    readCatalogues(`${import.meta.dirname}/i18n`).map(({ name, texts }) => [name, texts[locale]] as const),
  )('of %s reads as FormatJS writes it', (_name, texts = {}) => {
    for (const text of Object.values(texts)) {
      const slots = argumentsOf(text).map((argument) => argument.split(': '));
      for (const count of [0, 1, 2, 3, 11, 100, 1_000_000]) {
        const values = Object.fromEntries(
          slots.map(([name = '', kind]) => [name, kind === 'number' ? count : `<${name}>`]),
        );
        const expected = new IntlMessageFormat(text, region, undefined, { ignoreTag: true }).format(values);
        expect(formatMessage(compileMessage(text), values, region)).toBe(expected);
      }
    }
  });
});

import { expect, it } from '@jest/globals';
import { chooseLocale, directionOf, isolated, regionOf } from './locale.js';

it('speaks the first wanted language it knows', () => {
  expect(chooseLocale([undefined, 'pt-BR', 'de_AT', 'fr'])).toBe('de');
  expect(chooseLocale(['zz'])).toBe('en');
});

it.each([
  [['en-US@posix'], 'en-US-u-nu-latn'],
  [['de', 'en_GB.UTF-8'], 'en-GB-u-nu-latn'],
  [['en-!', 'en-NZ'], 'en-NZ-u-nu-latn'],
  [['en--', 'C', ''], 'en-u-nu-latn'],
  [[], 'en-u-nu-latn'],
])('finds a region that can be used among %p', (wanted, expected) => {
  expect(regionOf('en', wanted)).toBe(expected);
  expect(chooseLocale(wanted.filter((tag) => tag.startsWith('en')))).toBe('en');
  expect(() => new Intl.DateTimeFormat(expected)).not.toThrow();
});

it('knows where a line starts', () => {
  expect([directionOf('ar'), directionOf('en')]).toEqual(['rtl', 'ltr']);
});

it.each([
  ['Ada (Lovelace)', 'ltr', 'Ada (Lovelace)'],
  ['ليلى (حمدان)', 'ltr', '\u2068ليلى (حمدان)\u2069'],
  ['Ada (Lovelace)', 'rtl', '\u2068Ada (Lovelace)\u2069'],
] as const)('isolates %p in a sentence that runs %s where that is needed', (words, around, expected) => {
  expect(isolated(words, around)).toBe(expected);
});

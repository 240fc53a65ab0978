import { afterEach, expect, jest, test } from '@jest/globals';
import { language } from '../i18n/language.js';
import { timeOf } from './when.js';

afterEach(() => void jest.restoreAllMocks());

const at = new Date(2026, 10, 30, 14, 5).toISOString();

test.each([
  ['en-GB', '14:05'],
  ['en-US', '2:05 PM'],
  ['de', '14:05'],
  ['de-AT', '14:05'],
  ['fr', '14:05'],
  ['fr-CA', '14 h 05'],
  ['es', '14:05'],
  ['es-MX', '2:05 p.m.'],
  ['ar-u-nu-latn', '2:05 م'],
  ['en-US-u-hc-h23', '14:05'],
])('the time has as many hours as people have in %s', (region, words) => {
  jest.spyOn(language, 'region').mockReturnValue(region);
  expect(timeOf(at).replace(/[\u202f\u00a0]/g, ' ')).toBe(words);
});

import { describe, expect, test } from '@jest/globals';
import { dayFor, momentFor, readerOf, timeFor, zoneFor } from './reader.js';

const AT = new Date('2026-11-30T22:09:00Z');

describe('a reader', () => {
  test.each([
    ['de-AT', 'de', 'de-AT-u-nu-latn'],
    ['DE_at', 'de', 'de-AT-u-nu-latn'],
    ['ar-EG', 'ar', 'ar-EG-u-nu-latn'],
    ['nl-BE', 'en', 'en-u-nu-latn'],
    ['<b>', 'en', 'en-u-nu-latn'],
    [null, 'en', 'en-u-nu-latn'],
  ])('of %s reads %s, and dates as in %s', (tag, locale, region) => {
    expect(readerOf(tag, 'UTC')).toEqual({ locale, region, timeZone: 'UTC' });
  });

  test.each([
    [['Asia/Tokyo', 'Europe/Berlin'], 'Asia/Tokyo'],
    [[null, 'Europe/Berlin'], 'Europe/Berlin'],
    [['Mars/Olympus', 'Europe/Berlin'], 'Europe/Berlin'],
    [['+01:00'], 'UTC'],
    [[], 'UTC'],
  ])('with the zones %j has clocks of %s', (zones, timeZone) => {
    expect(readerOf('en', ...zones)).toMatchObject({ timeZone });
  });
});

test.each([
  ['en-GB', 'UTC', '30 Nov 2026, 22:09', 'Monday, 30 November 2026', '22:09', 'Coordinated Universal Time'],
  [
    'de',
    'Europe/Vienna',
    '30.11.2026, 23:09',
    'Montag, 30. November 2026',
    '23:09',
    'Mitteleuropäische Zeit',
  ],
  [
    ...(['fr', 'Pacific/Auckland', '1 déc. 2026, 11:09', 'mardi 1 décembre 2026', '11:09'] as const),
    'heure de la Nouvelle-Zélande',
  ],
  [
    'es',
    'America/Lima',
    '30 nov 2026, 17:09',
    'lunes, 30 de noviembre de 2026',
    '17:09',
    'hora estándar de Perú',
  ],
])('in %s and %s', (tag, zone, moment, day, time, name) => {
  const reader = readerOf(tag, zone);
  expect([momentFor(reader, AT), dayFor(reader, AT), timeFor(reader, AT), zoneFor(reader, AT)]).toEqual([
    ...[moment, day, time, name],
  ]);
});

test('Arabic has the digits 0 to 9', () => {
  const reader = readerOf('ar-EG', 'Asia/Riyadh');
  expect(`${momentFor(reader, AT)} ${dayFor(reader, AT)}`).not.toMatch(/[٠-٩]/);
});

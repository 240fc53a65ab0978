import { describe, expect, it, jest } from '@jest/globals';
import { addressOf } from './address.js';
import { formatDate, isTimeZone, ownTimeZone } from './dates.js';

describe('formatDate', () => {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeZone: 'UTC' });
  it.each([
    ['2026-11-20T10:00:00.000Z', '20/11/2026'],
    [0, '01/01/1970'],
    ['yesterday', ''],
    [Number.NaN, ''],
    [8.64e15 + 1, ''],
  ])('writes %p as %p', (at, expected) => {
    expect(formatDate(format, at)).toBe(expected);
  });
});

describe('the time zone of the device', () => {
  it('is one that exists', () => {
    expect(isTimeZone(ownTimeZone())).toBe(true);
  });

  it.each(['Foo/Bar', '', 'Etc/Unknown', undefined])('counts as UTC where the system says %p', (timeZone) => {
    const options = { ...new Intl.DateTimeFormat().resolvedOptions(), timeZone: timeZone! };
    const said = jest.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValueOnce(options);
    expect(ownTimeZone()).toBe('UTC');
    said.mockRestore();
  });

  it.each([
    ['Europe/Berlin', true],
    ['Etc/Unknown', false],
    ['', false],
  ])('%p is one: %p', (zone, expected) => {
    expect(isTimeZone(zone)).toBe(expected);
  });
});

describe('addressOf', () => {
  it.each([
    ['/avatars/1', 'https://desk.example', 'https://desk.example/avatars/1'],
    ['https://', undefined, undefined],
    ['/relative', undefined, undefined],
    ['http://[half', 'https://desk.example', undefined],
  ])('reads %p', (text, base, expected) => {
    expect(addressOf(text, base)?.href).toBe(expected);
  });
});

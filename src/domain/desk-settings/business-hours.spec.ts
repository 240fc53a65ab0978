import { describe, expect, test } from '@jest/globals';
import {
  dueAfter,
  isOpenAt,
  nextOpening,
  weekFault,
  type BusinessHours,
  type OpenHours,
} from './business-hours.js';

const everyDay = (from: string, to: string): OpenHours[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to }));
const weekdays = everyDay('09:00', '17:00').slice(0, 5);

const hoursOf = (over: Partial<BusinessHours> = {}): BusinessHours => ({
  timeZone: 'Europe/Berlin',
  week: weekdays,
  holidays: [],
  ...over,
});
const isOpen = (hours: BusinessHours, at: string) => isOpenAt(hours, new Date(at));
const opens = (hours: BusinessHours, at: string) => nextOpening(hours, new Date(at))?.toISOString();

describe('a week of business hours', () => {
  test.each([
    ['2026-12-07T07:59:59Z', false],
    ['2026-12-07T08:00:00Z', true],
    ['2026-12-07T15:59:59Z', true],
    ['2026-12-07T16:00:00Z', false],
    ['2026-12-05T10:00:00Z', false],
    // Summer time.
    ['2026-07-06T06:59:59Z', false],
    ['2026-07-06T07:00:00Z', true],
  ])('in Berlin, at %s, is open: %s', (at, expected) => {
    expect(isOpen(hoursOf(), at)).toBe(expected);
  });

  test('has several stretches a day', () => {
    const week = [
      { weekday: 1, from: '14:00', to: '18:00' },
      { weekday: 1, from: '09:00', to: '12:00' },
    ];
    const hours = hoursOf({ timeZone: 'UTC', week });
    expect(isOpen(hours, '2026-12-07T11:59:00Z')).toBe(true);
    expect(isOpen(hours, '2026-12-07T12:00:00Z')).toBe(false);
    expect(opens(hours, '2026-12-07T12:00:00Z')).toBe('2026-12-07T14:00:00.000Z');
    expect(opens(hours, '2026-12-07T10:00:00Z')).toBe('2026-12-07T14:00:00.000Z');
    expect(opens(hours, '2026-12-07T14:00:00Z')).toBe('2026-12-14T09:00:00.000Z');
  });

  test('goes by the date of the zone, on either side of the date line', () => {
    const monday = [{ weekday: 1, from: '00:00', to: '24:00' }];
    const [kiritimati, pago] = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((timeZone) =>
      hoursOf({ timeZone, week: monday }),
    );
    expect(isOpen(kiritimati!, '2026-12-06T10:00:00Z')).toBe(true);
    expect(isOpen(kiritimati!, '2026-12-07T10:00:00Z')).toBe(false);
    expect(isOpen(pago!, '2026-12-07T10:59:59Z')).toBe(false);
    expect(isOpen(pago!, '2026-12-08T10:59:59Z')).toBe(true);
    expect(opens(kiritimati!, '2026-12-01T00:00:00Z')).toBe('2026-12-06T10:00:00.000Z');
  });

  test('skips holidays, also a long run of them', () => {
    const hours = hoursOf({ holidays: ['2026-12-25', '2026-12-28'] });
    expect(isOpen(hours, '2026-12-25T10:00:00Z')).toBe(false);
    expect(opens(hours, '2026-12-24T17:00:00Z')).toBe('2026-12-29T08:00:00.000Z');
  });

  test('without hours, or with a year of holidays, opens at no time', () => {
    expect(opens(hoursOf({ week: [] }), '2026-12-07T10:00:00Z')).toBeUndefined();
    const day = (number: number) => new Date(Date.UTC(2026, 11, 1 + number)).toISOString().slice(0, 10);
    const holidays = Array.from({ length: 420 }, (_, number) => day(number));
    expect(opens(hoursOf({ holidays }), '2026-12-01T10:00:00Z')).toBeUndefined();
  });
});

describe('when the clocks change', () => {
  test('the hour that is skipped is nobody’s: hours within it are empty, others begin at the change', () => {
    // 29 March 2026, 02:00 becomes 03:00.
    const inside = hoursOf({ week: everyDay('02:10', '02:50') });
    expect(opens(inside, '2026-03-28T12:00:00Z')).toBe('2026-03-30T00:10:00.000Z');
    const across = hoursOf({ week: everyDay('02:30', '04:00') });
    expect(opens(across, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(isOpen(across, '2026-03-29T00:59:59Z')).toBe(false);
    expect(isOpen(across, '2026-03-29T01:00:00Z')).toBe(true);
    expect(isOpen(across, '2026-03-29T01:59:59Z')).toBe(true);
    expect(isOpen(across, '2026-03-29T02:00:00Z')).toBe(false);
  });

  test('the hour that is repeated counts twice', () => {
    // 25 October 2026, 03:00 becomes 02:00.
    const hours = hoursOf({ week: everyDay('02:15', '02:45') });
    expect(opens(hours, '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:15:00.000Z');
    expect(isOpen(hours, '2026-10-25T00:15:00Z')).toBe(true);
    expect(isOpen(hours, '2026-10-25T01:44:59Z')).toBe(true);
    expect(isOpen(hours, '2026-10-25T01:45:00Z')).toBe(false);
  });

  test('the days around it keep their hours by the clock on the wall', () => {
    expect(opens(hoursOf(), '2026-03-27T16:00:00Z')).toBe('2026-03-30T07:00:00.000Z');
    expect(opens(hoursOf(), '2026-10-23T16:00:00Z')).toBe('2026-10-26T08:00:00.000Z');
  });

  test.each([
    // Half an hour, in the south.
    ['Australia/Lord_Howe', '2026-10-03T12:00:00Z', '2026-10-03T22:00:00.000Z'],
    // At midnight: the day begins at 01:00.
    ['Africa/Cairo', '2026-04-23T12:00:00Z', '2026-04-24T06:00:00.000Z'],
    ['Asia/Kathmandu', '2026-12-07T10:00:00Z', '2026-12-08T03:15:00.000Z'],
    ['America/St_Johns', '2026-03-08T01:00:00Z', '2026-03-08T11:30:00.000Z'],
  ])('%s opens at 09:00 of its own', (timeZone, at, expected) => {
    expect(opens(hoursOf({ timeZone, week: everyDay('09:00', '10:00') }), at)).toBe(expected);
  });

  test('a day that begins late is open from its beginning to its end', () => {
    // Cairo skips 00:00 to 01:00 on 24 April 2026: 22:00 UTC is 01:00.
    const hours = hoursOf({ timeZone: 'Africa/Cairo', week: [{ weekday: 5, from: '00:00', to: '24:00' }] });
    expect(opens(hours, '2026-04-23T12:00:00Z')).toBe('2026-04-23T22:00:00.000Z');
    expect(isOpen(hours, '2026-04-24T20:59:59Z')).toBe(true);
    expect(isOpen(hours, '2026-04-24T21:00:00Z')).toBe(false);
  });
});

describe('hours that cannot be', () => {
  test.each([
    [[{ weekday: 1, from: '10:00', to: '10:00' }], 'end later'],
    [[{ weekday: 1, from: '22:00', to: '06:00' }], 'end later'],
    [
      [
        { weekday: 1, from: '12:00', to: '14:00' },
        { weekday: 1, from: '09:00', to: '12:30' },
      ],
      'overlap',
    ],
  ])('%j are refused', (week, words) => {
    expect(weekFault(week)).toContain(words);
  });

  test('that touch, or stand on other days, are fine', () => {
    const week = [
      { weekday: 1, from: '12:00', to: '24:00' },
      { weekday: 1, from: '09:00', to: '12:00' },
      { weekday: 2, from: '09:00', to: '12:00' },
    ];
    expect(weekFault(week)).toBeUndefined();
  });
});

describe('what is due within half an hour of the opening time', () => {
  const due = (hours: BusinessHours, at: string) => dueAfter(hours, new Date(at), 30 * 60_000).toISOString();

  test.each([
    ['while the desk is open', '2026-12-07T10:00:00Z', '2026-12-07T10:30:00.000Z'],
    ['exactly at closing', '2026-12-07T15:30:00Z', '2026-12-07T16:00:00.000Z'],
    [
      'shortly before closing, so the rest is done the next day',
      '2026-12-07T15:50:00Z',
      '2026-12-08T08:20:00.000Z',
    ],
    ['at night', '2026-12-07T22:00:00Z', '2026-12-08T08:30:00.000Z'],
    ['before the day begins', '2026-12-07T05:00:00Z', '2026-12-07T08:30:00.000Z'],
    ['over a weekend and a holiday', '2026-12-04T17:00:00Z', '2026-12-08T08:30:00.000Z'],
    ['over the end of winter time', '2026-03-27T17:00:00Z', '2026-03-30T07:30:00.000Z'],
    ['over the end of summer time', '2026-10-23T17:00:00Z', '2026-10-26T08:30:00.000Z'],
  ])('%s', (_when, at, expected) => {
    const holidays = at.startsWith('2026-12-04') ? ['2026-12-07'] : [];
    expect(due(hoursOf({ holidays }), at)).toBe(expected);
  });

  test('goes on in the next stretch of a day, and past many that are short', () => {
    const day = [
      { weekday: 1, from: '12:00', to: '12:10' },
      { weekday: 1, from: '09:00', to: '09:10' },
      { weekday: 2, from: '09:00', to: '09:05' },
    ];
    const hours = hoursOf({ timeZone: 'UTC', week: day });
    expect(due(hours, '2026-12-07T09:05:00Z')).toBe('2026-12-14T09:10:00.000Z');
  });

  test('loses no minute where the clocks skip an hour, and gains none where they repeat one', () => {
    const night = [{ weekday: 7, from: '01:45', to: '03:30' }];
    const hours = hoursOf({ week: night });
    expect(due(hours, '2026-03-29T00:00:00Z')).toBe('2026-03-29T01:15:00.000Z');
    expect(due(hours, '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:15:00.000Z');
  });

  test('is half an hour later where the desk has no hours, or never opens', () => {
    expect(due(hoursOf({ week: [] }), '2026-12-07T22:00:00Z')).toBe('2026-12-07T22:30:00.000Z');
    const holidays = ['2026', '2027', '2028'].flatMap((year) =>
      Array.from({ length: 366 }, (_, day) =>
        new Date(Date.UTC(Number(year), 0, 1 + day)).toISOString().slice(0, 10),
      ),
    );
    expect(due(hoursOf({ holidays }), '2026-12-07T22:00:00Z')).toBe('2026-12-07T22:30:00.000Z');
  });
});

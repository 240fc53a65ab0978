import { instantOf, localDateOf, nextDate, weekdayOf } from './local-time.js';

/** One stretch of a weekday, in the desk's time zone. */
export interface OpenHours {
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  weekday: number;
  /** Such as `09:00`. */
  from: string;
  /** Later on the same day; `24:00` is midnight. */
  to: string;
}

export interface BusinessHours {
  /** IANA name. */
  timeZone: string;
  week: readonly OpenHours[];
  /** Days on which the desk stays closed, as `2026-12-25`. */
  holidays: readonly string[];
}

/** Further ahead nobody waits; a year of holidays is over by then. */
const MOST_DAYS = 400;

interface Stretch {
  start: number;
  end: number;
}

/** Whether the desk is open at an instant. In an hour that the clocks skip nobody works; one that they repeat counts twice. */
export function isOpenAt(hours: BusinessHours, instant: Date): boolean {
  const at = instant.getTime();
  return stretchesOn(hours, localDateOf(instant, hours.timeZone)).some(
    ({ start, end }) => start <= at && at < end,
  );
}

/** When the desk opens next after an instant; undefined when it does not within a year. */
export function nextOpening(hours: BusinessHours, instant: Date): Date | undefined {
  if (hours.week.length === 0) return undefined;
  let date = localDateOf(instant, hours.timeZone);
  for (let day = 0; day < MOST_DAYS; day += 1) {
    const starts = stretchesOn(hours, date).map(({ start }) => start);
    const next = starts.filter((start) => start > instant.getTime()).sort((a, b) => a - b)[0];
    if (next !== undefined) return new Date(next);
    date = nextDate(date);
  }
  return undefined;
}

/**
 * By when something is due that takes `ms` of the time in which the desk is open. A desk without business hours, or one that does not
 * open for long enough within a year, is taken to be open all the time.
 */
export function dueAfter(hours: BusinessHours, instant: Date, ms: number): Date {
  const from = instant.getTime();
  let left = ms;
  let date = localDateOf(instant, hours.timeZone);
  for (let day = 0; day < MOST_DAYS && hours.week.length > 0; day += 1) {
    for (const { start, end } of stretchesOn(hours, date).sort((a, b) => a.start - b.start)) {
      const begin = Math.max(start, from);
      if (end - begin >= left) return new Date(begin + left);
      left -= Math.max(0, end - begin);
    }
    date = nextDate(date);
  }
  return new Date(from + ms);
}

/** What is wrong with the hours of a week; undefined when all is well. */
export function weekFault(week: readonly OpenHours[]): string | undefined {
  const inOrder = [...week].sort((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from));
  for (const [index, { weekday, from, to }] of inOrder.entries()) {
    if (to <= from) return `hours must end later than they begin: ${from} to ${to}`;
    const next = inOrder[index + 1];
    if (next?.weekday === weekday && next.from < to)
      return `hours of one weekday must not overlap: ${from} to ${to}, and ${next.from} to ${next.to}`;
  }
  return undefined;
}

function stretchesOn({ timeZone, week, holidays }: BusinessHours, date: string): Stretch[] {
  if (holidays.includes(date)) return [];
  const weekday = weekdayOf(date);
  return week
    .filter((hours) => hours.weekday === weekday)
    .map(({ from, to }) => ({
      start: instantOf({ date, time: from }, timeZone, 'first'),
      end: endOf({ date, time: to }, timeZone),
    }))
    .filter(({ start, end }) => start < end);
}

function endOf({ date, time }: { date: string; time: string }, timeZone: string): number {
  return time === '24:00'
    ? instantOf({ date: nextDate(date), time: '00:00' }, timeZone, 'first')
    : instantOf({ date, time }, timeZone, 'last');
}

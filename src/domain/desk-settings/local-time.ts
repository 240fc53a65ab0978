/** Dates are `2026-12-25` and times `09:00`, as a clock on the wall of a time zone (IANA name) shows them. */
interface WallTime {
  date: string;
  time: string;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Making a format takes far longer than using it. One desk has one time zone; a change of it needs another. */
const MOST_FORMATS = 20;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The date in a time zone at an instant. */
export function localDateOf(instant: Date, timeZone: string): string {
  return new Date(wallOf(instant.getTime(), timeZone)).toISOString().slice(0, 10);
}

/** The date after a date. */
export function nextDate(date: string): string {
  return new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(date: string): number {
  return new Date(date).getUTCDay() || 7;
}

/** Whether the calendar has this day. */
export function isCalendarDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

/**
 * Milliseconds since the epoch at which clocks show a time. Where they show it twice, the `first` or the `last` of the two; where
 * they skip it, the instant at which they are put forward.
 */
export function instantOf({ date, time }: WallTime, timeZone: string, which: 'first' | 'last'): number {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const before = wanted - offsetAt(wanted - DAY_MS, timeZone);
  const after = wanted - offsetAt(wanted + DAY_MS, timeZone);
  const shown = [before, after].filter((at) => wallOf(at, timeZone) === wanted);
  if (shown.length > 0) return which === 'first' ? Math.min(...shown) : Math.max(...shown);
  return changeBetween(Math.min(before, after), Math.max(before, after), timeZone);
}

/** The first minute after `early` that has the offset of `late`. */
function changeBetween(early: number, late: number, timeZone: string): number {
  const offset = offsetAt(late, timeZone);
  let [low, high] = [early, late];
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / (2 * MINUTE_MS)) * MINUTE_MS;
    if (offsetAt(middle, timeZone) === offset) high = middle;
    else low = middle;
  }
  return high;
}

const offsetAt = (instant: number, timeZone: string): number => wallOf(instant, timeZone) - instant;

/** What the clocks show at an instant, as if they were those of UTC; whole seconds. */
function wallOf(instant: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  if (formats.size >= MOST_FORMATS) formats.clear();
  const numeric = 'numeric' as const;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  });
  formats.set(timeZone, made);
  return made;
}

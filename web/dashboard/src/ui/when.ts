import { serverNow } from '../../../client/clock.js';
import { formatDate } from '../../../shared/dates.js';
import { language } from '../i18n/language.js';

type Format = Intl.DateTimeFormatOptions;

/** With 12 or 24 hours, as the language and the reader's region write it. */
const CLOCK: Format = { hour: 'numeric', minute: '2-digit' };
const DAY: Format = { weekday: 'long', day: 'numeric', month: 'long' };
const FULL: Format = { dateStyle: 'medium', timeStyle: 'short' };

/** Making one takes longer than using it; lists use it for each line. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(iso: string, options: Format): string {
  const region = language.region();
  const name = `${region} ${JSON.stringify(options)}`;
  const made = formats.get(name) ?? new Intl.DateTimeFormat(region, options);
  formats.set(name, made);
  return formatDate(made, iso);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** “5 min ago”; below a minute “now”. */
export function ago(iso: string, now = serverNow()): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1_000);
  if (Number.isNaN(seconds)) return '';
  const relative = new Intl.RelativeTimeFormat(language.region(), { numeric: 'auto', style: 'short' });
  const step = STEPS.find(([, size]) => seconds >= size);
  return step === undefined
    ? relative.format(0, 'second')
    : relative.format(-Math.floor(seconds / step[1]), step[0]);
}

/** “5 min”, “2 hr”; at least a minute. */
export function lasting(ms: number): string {
  const seconds = Math.max(60, ms / 1_000);
  const [unit, size] = STEPS.find(([, step]) => seconds >= step) ?? ['minute', 60];
  const shape = { style: 'unit', unit, unitDisplay: 'short' } as const;
  return new Intl.NumberFormat(language.region(), shape).format(Math.floor(seconds / size));
}

/** “3:20”, “1:02:05”, as clocks of calls show it. */
export function clockLength(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export const timeOf = (iso: string): string => format(iso, CLOCK);
export const dayOf = (iso: string): string => format(iso, DAY);
export const momentOf = (iso: string): string => format(iso, FULL);

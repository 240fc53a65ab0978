import { serverNow } from '../../../client/clock.js';
import { formatDate } from '../../../shared/dates.js';

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** “5 min ago”; below a minute “now”. */
export function ago(iso: string, now = serverNow()): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1_000);
  if (Number.isNaN(seconds)) return '';
  const step = STEPS.find(([, size]) => seconds >= size);
  return step === undefined
    ? relative.format(0, 'second')
    : relative.format(-Math.floor(seconds / step[1]), step[0]);
}

export const timeOf = (iso: string): string => formatDate(clock, iso);
export const dayOf = (iso: string): string => formatDate(day, iso);
export const momentOf = (iso: string): string => formatDate(full, iso);

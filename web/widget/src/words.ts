import { serverNow } from '../../client/clock.js';
import { formatDate } from '../../shared/dates.js';
import { browserLanguages, directionOf, fill, isolated, regionOf, type Locale } from '../../shared/locale.js';
import type english from '../locales/en.json';

export type Texts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: Texts }>> = {
  en: () => import('../locales/en.json'),
  de: () => import('../locales/de.json'),
  fr: () => import('../locales/fr.json'),
  es: () => import('../locales/es.json'),
  ar: () => import('../locales/ar.json'),
};

let texts: Texts;
let language: Locale = 'en';
/** The same language as the visitor's region writes it: dates and times. */
let region = 'en';

/** Loads the texts; to be awaited before anything is drawn. */
export async function loadWords(locale: Locale): Promise<void> {
  texts = (await LOADERS[locale]()).default;
  language = locale;
  // One kind of digits everywhere: ticket numbers and countdowns have these.
  region = regionOf(locale, browserLanguages());
}

export function t(key: keyof Texts, values?: Readonly<Record<string, string | number>>): string {
  const inOrder = Object.entries(values ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? isolated(value, direction()) : value,
  ]);
  return fill(texts[key], Object.fromEntries(inOrder) as typeof values);
}

export function locale(): Locale {
  return language;
}

export function direction(): 'ltr' | 'rtl' {
  return directionOf(language);
}

export function timeOf(at: string | number): string {
  return formatDate(new Intl.DateTimeFormat(region, { hour: 'numeric', minute: '2-digit' }), at);
}

/** "Today", "Yesterday", or the date. */
export function dayOf(at: string): string {
  const days = daysAgo(at);
  if (days < 2) {
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day');
    return relative.charAt(0).toLocaleUpperCase(language) + relative.slice(1);
  }
  const thisYear = new Date(at).getFullYear() === new Date(serverNow()).getFullYear();
  const format: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', weekday: 'long' };
  return formatDate(new Intl.DateTimeFormat(region, thisYear ? format : { dateStyle: 'long' }), at);
}

/** As short as a list has room for: the time today, else the day. */
export function shortDateOf(at: string): string {
  if (daysAgo(at) === 0) return timeOf(at);
  return formatDate(new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short' }), at);
}

/** `1:05` for 65 seconds. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Calendar days between then and now, as this device counts them. */
function daysAgo(at: string): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.max(0, (midnight(new Date(serverNow())) - midnight(new Date(at))) / 86_400_000);
}

import { formatMessage, type Values } from '../../i18n/format.js';
import { serverNow } from '../../client/clock.js';
import { formatDate } from '../../shared/dates.js';
import { browserLanguages, directionOf, isolated, regionOf, type Locale } from '../../shared/locale.js';
import type english from '../../i18n/en/widget/panel.json';

export type Texts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: Texts }>> = {
  en: () => import('../../i18n/en/widget/panel.json'),
  de: () => import('../../i18n/de/widget/panel.json'),
  fr: () => import('../../i18n/fr/widget/panel.json'),
  es: () => import('../../i18n/es/widget/panel.json'),
  ar: () => import('../../i18n/ar/widget/panel.json'),
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

/** Whether there is such a text: the server may be newer than this page. */
export function hasText(key: keyof Texts): boolean {
  return key in texts;
}

export function t(key: keyof Texts, values: Values = {}): string {
  return formatMessage(texts[key], values, region, (text) => isolated(text, direction()));
}

export function locale(): Locale {
  return language;
}

export function direction(): 'ltr' | 'rtl' {
  return directionOf(language);
}

/** A moment as the visitor's region writes it. */
export function dateIn(at: string | number, options: Intl.DateTimeFormatOptions): string {
  return formatDate(new Intl.DateTimeFormat(region, options), at);
}

export function timeOf(at: string | number): string {
  return dateIn(at, { hour: 'numeric', minute: '2-digit' });
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
  return dateIn(at, thisYear ? format : { dateStyle: 'long' });
}

/** As short as a list has room for: the time today, else the day. */
export function shortDateOf(at: string): string {
  if (daysAgo(at) === 0) return timeOf(at);
  return dateIn(at, { day: 'numeric', month: 'short' });
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

import type { Locale } from '../../contract/locales.js';
import { isTimeZone } from '../i18n/time-zones.js';
import { mailLocale } from './mail-locale.js';

/** Who reads an email or a transcript: in which language, and what their clocks show. */
export interface Reader {
  readonly locale: Locale;
  /** The language as the reader's region writes dates in it (BCP 47), always with the digits 0 to 9. */
  readonly region: string;
  /** An IANA name. */
  readonly timeZone: string;
}

/** `tag` is a language tag such as `de-AT`; the first of `zones` counts that is known. */
export function readerOf(tag: unknown, ...zones: readonly (string | null)[]): Reader {
  const locale = mailLocale(tag);
  const timeZone = zones.find((zone) => zone !== null && isTimeZone(zone)) ?? 'UTC';
  return { locale, region: regionOf(locale, tag), timeZone };
}

/** A tag that asks for another language than the reader gets says nothing of its dates. */
function regionOf(locale: Locale, tag: unknown): string {
  try {
    const wanted = new Intl.Locale(String(tag).replace(/_/g, '-'), { numberingSystem: 'latn' });
    return wanted.language === locale ? wanted.toString() : `${locale}-u-nu-latn`;
  } catch {
    return `${locale}-u-nu-latn`;
  }
}

/** Making a format takes far longer than using it. */
const MOST_FORMATS = 200;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor({ region, timeZone }: Reader, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${region} ${timeZone} ${JSON.stringify(options)}`;
  const made = formats.get(name) ?? new Intl.DateTimeFormat(region, { ...options, timeZone });
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(name, made);
  return made;
}

/** “30 Nov 2026, 15:09” */
export const momentFor = (reader: Reader, at: Date): string =>
  formatFor(reader, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** “Monday, 30 November 2026” */
export const dayFor = (reader: Reader, at: Date): string =>
  formatFor(reader, { dateStyle: 'full' }).format(at);

/** “15:09” */
export const timeFor = (reader: Reader, at: Date): string =>
  formatFor(reader, { timeStyle: 'short' }).format(at);

/** What people call the reader's zone at that time, such as “Central European Time”. */
export function zoneFor(reader: Reader, at: Date): string {
  // The general name of UTC is an offset.
  const timeZoneName = /^(Etc\/)?(UTC|UCT|Zulu|Universal)$/.test(reader.timeZone) ? 'long' : 'longGeneric';
  const parts = formatFor(reader, { timeZoneName }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? reader.timeZone;
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import type demo from '../../../web/i18n/en/server/demo.json';
import type mail from '../../../web/i18n/en/server/mail.json';
import type page from '../../../web/i18n/en/server/page.json';
import type push from '../../../web/i18n/en/server/push.json';
import type system from '../../../web/i18n/en/server/system.json';
import { LOCALES, type Locale } from '../../contract/locales.js';

/** The catalogue, a dot, and the key in it. */
type MessageKey =
  | `demo.${keyof typeof demo}`
  | `mail.${keyof typeof mail}`
  | `page.${keyof typeof page}`
  | `push.${keyof typeof push}`
  | `system.${keyof typeof system}`;

/** Seen from src/ and from dist/ alike. */
const FOLDER = resolve(import.meta.dirname, '../../../web/i18n');

const CATALOGUES = ['demo', 'mail', 'page', 'push', 'system'] as const;

/** Read when the process starts: one that lacks a catalogue must not start. */
const TEXTS = new Map(
  LOCALES.flatMap((locale) => CATALOGUES.flatMap((catalogue) => textsIn(locale, catalogue))),
);
/** Parsing takes longer than formatting. */
const parsed = new Map<string, IntlMessageFormat>();

/** What an email, a page of the server, a push or a line of a thread says (ICU MessageFormat), always with the digits 0 to 9. */
export function message(
  locale: Locale,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const name = `${locale}/${key}`;
  const format =
    parsed.get(name) ??
    new IntlMessageFormat(TEXTS.get(name) ?? key, `${locale}-u-nu-latn`, undefined, { ignoreTag: true });
  parsed.set(name, format);
  return String(format.format<string>(values));
}

function textsIn(locale: Locale, catalogue: (typeof CATALOGUES)[number]): [name: string, text: string][] {
  const texts = JSON.parse(readFileSync(`${FOLDER}/${locale}/server/${catalogue}.json`, 'utf8')) as object;
  return Object.entries(texts).map(([key, text]) => [`${locale}/${catalogue}.${key}`, String(text)]);
}

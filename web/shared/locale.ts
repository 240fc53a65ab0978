/**
 * Which language to speak. The texts are in web/i18n.
 *
 *   const locale = chooseLocale(['de-AT', 'en']); // 'de'
 */
import { LOCALES, type Locale } from '../../src/contract/locales.js';

export { LOCALES, type Locale };

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

/** The first wanted language we speak, by its main part; English if none. */
export function chooseLocale(wanted: readonly (string | undefined)[]): Locale {
  for (const tag of wanted) {
    const language = tag === undefined ? '' : languageOf(tag);
    const found = LOCALES.find((locale) => locale === language);
    if (found) return found;
  }
  return 'en';
}

/** What the browser is set to, most wanted first; some web views have no list. */
export function browserLanguages(): readonly string[] {
  const { languages, language } = navigator as { languages?: readonly string[]; language?: string };
  return languages?.length ? languages : [language ?? ''];
}

/**
 * The same language as the visitor's region writes dates in it, such as `de-AT`, always with the digits 0 to 9. What is no
 * language tag (BCP 47) is passed over: systems and web views also say `en-US@posix`, at which `Intl` throws.
 */
export function regionOf(locale: Locale, wanted: readonly string[]): string {
  for (const tag of wanted.filter((one) => languageOf(one) === locale)) {
    const [name = ''] = tag.split(/[@.]/);
    try {
      return new Intl.Locale(name.replace(/_/g, '-'), { numberingSystem: 'latn' }).toString();
    } catch {
      // The next one may be a tag.
    }
  }
  return `${locale}-u-nu-latn`;
}

/** The main part of a language tag. */
export function languageOf(tag: string): string {
  return tag.toLowerCase().split(/[-_@.]/)[0] ?? '';
}

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale) ? 'rtl' : 'ltr';
}

/** Hebrew, Arabic and their neighbours, and their forms for old systems. */
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Words of a person within a sentence of another direction: they order themselves alone (Unicode, UAX #9: FSI and PDI). */
export function isolated(words: string, around: 'ltr' | 'rtl' = 'ltr'): string {
  return around === 'rtl' || FROM_THE_RIGHT.test(words) ? `\u2068${words}\u2069` : words;
}

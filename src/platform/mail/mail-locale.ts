import { LOCALES, type Locale } from '../../contract/locales.js';

export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

/** The language that a tag such as `de-AT` asks for; English when we do not have it. */
export function mailLocale(tag: unknown): Locale {
  const language = typeof tag === 'string' ? tag.toLowerCase().split(/[-_]/, 1)[0] : undefined;
  return LOCALES.find((locale) => locale === language) ?? 'en';
}

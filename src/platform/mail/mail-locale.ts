/** Languages that mails to donors are written in. */
export const MAIL_LOCALES = ['en', 'de', 'fr', 'es', 'ar'] as const;
export type MailLocale = (typeof MAIL_LOCALES)[number];

export const directionOf = (locale: MailLocale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

/** The language that a tag such as `de-AT` asks for; English when we do not have it. */
export function mailLocale(tag: unknown): MailLocale {
  const language = typeof tag === 'string' ? tag.toLowerCase().split(/[-_]/, 1)[0] : undefined;
  return MAIL_LOCALES.find((locale) => locale === language) ?? 'en';
}

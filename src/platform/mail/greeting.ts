import type { Locale } from '../../contract/locales.js';
import { message } from '../i18n/messages.js';

/** How an email begins; without a name where nobody vouches for one. */
export function greeting(locale: Locale, name: string | null): string {
  return name === null ? message(locale, 'mail.greeting') : message(locale, 'mail.greeting.named', { name });
}

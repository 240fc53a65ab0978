import type { Locale } from '../../contract/locales.js';
import { message } from '../i18n/messages.js';
import { layOut } from './mail-layout.js';

/** The mail with a link that signs a donor in; `minutes` is how long it works. Add `to` and `messageId`, and send. */
export function magicLinkMail(
  locale: Locale,
  link: string,
  minutes: number,
): { subject: string; text: string; html: string } {
  return layOut(locale, {
    subject: message(locale, 'mail.link.subject'),
    parts: [
      message(locale, 'mail.link.intro', { minutes }),
      { button: message(locale, 'mail.link.button'), link },
      message(locale, 'mail.link.hint'),
    ],
  });
}

import type { Locale } from '../../contract/locales.js';
import { message } from '../i18n/messages.js';
import { greeting } from './greeting.js';
import { layOut, type Letter } from './mail-layout.js';

/** The email with a link that signs a donor in; `minutes` is how long it works. Add `to` and `messageId`, and send. */
export function magicLinkMail(locale: Locale, link: string, minutes: number): Letter {
  const intro = message(locale, 'mail.link.intro', { minutes });
  return layOut(locale, {
    subject: message(locale, 'mail.link.subject'),
    preview: intro,
    parts: [
      greeting(locale, null),
      intro,
      { button: message(locale, 'mail.link.button'), link },
      message(locale, 'mail.link.hint'),
    ],
    footer: [message(locale, 'mail.link.why')],
  });
}

import type { Locale } from '../../contract/locales.js';
import { message } from '../i18n/messages.js';
import { greeting } from './greeting.js';
import { layOut, type Letter } from './mail-layout.js';

interface Invitation {
  link: string;
  /** Who invites, and to which desk. */
  by: string;
  desk: string;
  /** How long the link works. */
  days: number;
}

/** The email that invites somebody to answer donors. Add `to` and `messageId`, and send. */
export function invitationMail(locale: Locale, { link, ...values }: Invitation): Letter {
  const intro = message(locale, 'mail.invitation.intro', { ...values });
  return layOut(locale, {
    subject: message(locale, 'mail.invitation.subject', { ...values }),
    preview: intro,
    parts: [
      greeting(locale, null),
      intro,
      { button: message(locale, 'mail.invitation.button'), link },
      message(locale, 'mail.invitation.hint', { ...values }),
    ],
    footer: [message(locale, 'mail.invitation.why', { ...values })],
  });
}

interface Reset {
  link: string;
  /** Whose password it sets. */
  name: string;
  username: string;
  /** How long the link works. */
  minutes: number;
}

/** The email by which somebody who has forgotten their password sets another one. Add `to` and `messageId`, and send. */
export function passwordResetMail(locale: Locale, { link, name, ...values }: Reset): Letter {
  const intro = message(locale, 'mail.reset.intro', { ...values });
  return layOut(locale, {
    subject: message(locale, 'mail.reset.subject'),
    preview: intro,
    parts: [
      greeting(locale, name),
      intro,
      { button: message(locale, 'mail.reset.button'), link },
      message(locale, 'mail.reset.hint'),
    ],
    footer: [message(locale, 'mail.reset.why')],
  });
}

import type { Locale } from '../../contract/locales.js';
import { message } from '../i18n/messages.js';
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
  return layOut(locale, {
    subject: message(locale, 'mail.invitation.subject', { ...values }),
    parts: [
      message(locale, 'mail.invitation.intro', { ...values }),
      { button: message(locale, 'mail.invitation.button'), link },
    ],
    footer: [message(locale, 'mail.invitation.hint', { ...values })],
  });
}

interface Reset {
  link: string;
  username: string;
  /** How long the link works. */
  minutes: number;
}

/** The email by which somebody who has forgotten their password sets another one. Add `to` and `messageId`, and send. */
export function passwordResetMail(locale: Locale, { link, ...values }: Reset): Letter {
  return layOut(locale, {
    subject: message(locale, 'mail.reset.subject'),
    parts: [
      message(locale, 'mail.reset.intro', { ...values }),
      { button: message(locale, 'mail.reset.button'), link },
    ],
    footer: [message(locale, 'mail.reset.hint')],
  });
}

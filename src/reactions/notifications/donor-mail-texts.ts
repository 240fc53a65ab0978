import type { Locale } from '../../contract/locales.js';
import { message } from '../../platform/i18n/messages.js';
import type { MailDraft } from '../../platform/mail/mail-layout.js';

/** What a mail to a donor may say: never a word that somebody typed without having proven who they are. */
export interface DonorMail {
  number: string;
  /** To the conversation. */
  link: string;
  messages: readonly { by: string; quote: string }[];
}

export const DONOR_MAIL_KINDS = ['staff_reply', 'resolved', 'reminder'] as const;
type DonorMailKind = (typeof DONOR_MAIL_KINDS)[number];

/** The mail of this kind; `unsubscribe` is the address of the page that stops them. */
export function donorMail(
  locale: Locale,
  kind: DonorMailKind,
  { number, link, messages, unsubscribe }: DonorMail & { unsubscribe: string },
): MailDraft {
  return {
    subject: message(locale, `mail.donor.${kind}.subject`, { number }),
    parts: [
      message(locale, `mail.donor.${kind}.intro`),
      ...messages,
      { button: message(locale, `mail.donor.${kind}.button`), link },
      ...(kind === 'resolved' ? [message(locale, 'mail.donor.resolved.hint')] : []),
    ],
    footer: [
      message(locale, 'mail.donor.why'),
      { button: message(locale, 'mail.donor.unsubscribe'), link: unsubscribe },
    ],
  };
}

import type { Locale } from '../../contract/locales.js';
import { message } from '../../platform/i18n/messages.js';
import type { MailDraft } from '../../platform/mail/mail-layout.js';

/** What a mail to staff is about. */
export interface StaffMail {
  who: string;
  about: string;
  link: string;
  messages: readonly { by: string; quote: string }[];
}

export const STAFF_MAIL_KINDS = [
  'new_ticket',
  'assigned',
  'transferred',
  'donor_message',
  'call_missed',
] as const;
type StaffMailKind = (typeof STAFF_MAIL_KINDS)[number];

/** The mail of this kind, in the language that its reader has chosen for the dashboard. */
export function staffMail(
  locale: Locale,
  kind: StaffMailKind,
  { who, about, link, messages }: StaffMail,
): MailDraft {
  return {
    subject: message(locale, `mail.staff.${kind}.subject`, { who, about }),
    parts: [
      ...(kind === 'donor_message' ? messages : [message(locale, `mail.staff.${kind}.intro`, { who })]),
      { button: message(locale, 'mail.staff.button'), link },
    ],
    footer: [message(locale, 'mail.staff.footer')],
  };
}

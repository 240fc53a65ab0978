import { message } from '../../platform/i18n/messages.js';
import { greeting } from '../../platform/mail/greeting.js';
import type { MailDraft } from '../../platform/mail/mail-layout.js';
import type { Reader } from '../../platform/mail/reader.js';
import { quotesOf, zoneOf, type UnreadWords } from './donor-mail-texts.js';

/** What an email to staff is about. */
export interface StaffMail {
  /** The reader's. */
  name: string;
  who: string;
  about: string;
  link: string;
  messages: readonly UnreadWords[];
}

export const STAFF_MAIL_KINDS = [
  'new_ticket',
  'assigned',
  'transferred',
  'donor_message',
  'call_missed',
] as const;
type StaffMailKind = (typeof STAFF_MAIL_KINDS)[number];

/** The email of this kind, in the language that its reader has chosen for the dashboard. */
export function staffMail(
  reader: Reader,
  kind: StaffMailKind,
  { name, who, about, link, messages }: StaffMail,
): MailDraft {
  const { locale } = reader;
  const intro = message(locale, `mail.staff.${kind}.intro`, { who });
  return {
    subject: message(locale, `mail.staff.${kind}.subject`, { who, about }),
    preview: messages[0]?.quote ?? intro,
    parts: [
      greeting(locale, name),
      intro,
      ...quotesOf(reader, messages),
      { button: message(locale, 'mail.staff.button'), link },
    ],
    footer: [
      ...zoneOf(reader, messages),
      message(locale, 'mail.staff.why'),
      message(locale, 'mail.staff.footer'),
    ],
  };
}

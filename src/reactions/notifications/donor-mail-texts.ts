import { message } from '../../platform/i18n/messages.js';
import { greeting } from '../../platform/mail/greeting.js';
import type { MailDraft } from '../../platform/mail/mail-layout.js';
import { momentFor, zoneFor, type Reader } from '../../platform/mail/reader.js';

/** A message that the reader has not seen. */
export interface UnreadWords {
  by: string;
  quote: string;
  at: Date;
}

/** What an email to a donor may say: never a word that somebody typed without having proven who they are. */
export interface DonorMail {
  /** The donor's name; null unless the mailbox is proven to be theirs. */
  name: string | null;
  number: string;
  /** To the conversation. */
  link: string;
  messages: readonly UnreadWords[];
}

export const DONOR_MAIL_KINDS = ['staff_reply', 'resolved', 'reminder'] as const;
type DonorMailKind = (typeof DONOR_MAIL_KINDS)[number];

/** The email of this kind; `unsubscribe` is the address of the page that stops them. */
export function donorMail(
  reader: Reader,
  kind: DonorMailKind,
  { name, number, link, messages, unsubscribe }: DonorMail & { unsubscribe: string },
): MailDraft {
  const { locale } = reader;
  const intro = message(locale, `mail.donor.${kind}.intro`);
  return {
    subject: message(locale, `mail.donor.${kind}.subject`, { number }),
    preview: messages[0]?.quote ?? intro,
    parts: [
      greeting(locale, name),
      intro,
      ...quotesOf(reader, messages),
      { button: message(locale, `mail.donor.${kind}.button`), link },
      ...(kind === 'resolved' ? [message(locale, 'mail.donor.resolved.hint')] : []),
    ],
    footer: [
      ...zoneOf(reader, messages),
      message(locale, 'mail.donor.why'),
      { button: message(locale, 'mail.donor.unsubscribe'), link: unsubscribe },
    ],
  };
}

/** Messages with their times as the reader's clocks show them. */
export function quotesOf(reader: Reader, messages: readonly UnreadWords[]): MailDraft['parts'] {
  return messages.map(({ by, quote, at }) => ({ by, quote, at: momentFor(reader, at) }));
}

/** In which zone the times of an email are, where it has any. */
export function zoneOf(reader: Reader, messages: readonly UnreadWords[]): string[] {
  const last = messages.at(-1);
  return last === undefined ? [] : [message(reader.locale, 'mail.zone', { zone: zoneFor(reader, last.at) })];
}

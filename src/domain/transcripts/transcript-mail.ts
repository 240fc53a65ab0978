import type { Locale } from '../../contract/locales.js';
import { message } from '../../platform/i18n/messages.js';
import { layOut, type MailDraft } from '../../platform/mail/mail-layout.js';
import type { Transcript } from './transcript.js';

/** The conversation as a mail. Without proof of whose mailbox it is, not a word that was typed as the donor. */
export function transcriptMail(
  locale: Locale,
  { number, description, donorName, lines }: Transcript,
  speaks: boolean,
): ReturnType<typeof layOut> {
  const opening = description === null ? [] : [{ by: donorName ?? '', quote: description }];
  const said = lines.filter(({ from }) => from === 'admin' || (speaks && from === 'donor'));
  const parts: MailDraft['parts'] = [
    message(locale, 'mail.transcript.intro'),
    // Stands in for what the donor wrote while nobody has proven that the mailbox is theirs.
    ...(speaks ? opening : [message(locale, 'mail.transcript.withheld')]),
    ...said.map(({ by, text }) => ({ by, quote: text })),
  ];
  return layOut(locale, { subject: message(locale, 'mail.transcript.subject', { number }), parts });
}

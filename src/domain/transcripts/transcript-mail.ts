import { message } from '../../platform/i18n/messages.js';
import { greeting } from '../../platform/mail/greeting.js';
import { layOut, type Letter, type MailPart } from '../../platform/mail/mail-layout.js';
import { spoken, type Transcript } from './transcript.js';

/** The conversation as an email. Without proof of whose mailbox it is, not a word that was typed as the donor. */
export function transcriptMail(transcript: Transcript, speaks: boolean): Letter {
  const { number, donorName } = transcript;
  const { reader, state, zone, days } = spoken(transcript);
  const { locale } = reader;
  const intro = message(locale, 'mail.transcript.intro');
  const said = days.flatMap(({ day, lines }): MailPart[] => {
    const kept = lines.filter(({ from }) => from === 'admin' || (speaks && from === 'donor'));
    const quotes = kept.map(({ by, text, time }) => ({ by, quote: text, at: time }));
    return quotes.length === 0 ? [] : [{ heading: day }, ...quotes];
  });
  return layOut(locale, {
    subject: message(locale, 'mail.transcript.subject', { number }),
    preview: intro,
    parts: [
      greeting(locale, speaks ? donorName : null),
      intro,
      state,
      // Stands in for what the donor wrote while nobody has proven that the mailbox is theirs.
      ...(speaks ? [] : [message(locale, 'mail.transcript.withheld')]),
      ...said,
    ],
    footer: [zone, message(locale, 'mail.transcript.why')],
  });
}

import { layOut, type MailDraft } from '../../platform/mail/mail-layout.js';
import type { MailLocale } from '../../platform/mail/mail-locale.js';
import type { Transcript } from './transcript.js';

interface Words {
  subject: (number: string) => string;
  intro: string;
  /** Stands in for what the donor wrote while nobody has proven that the mailbox is theirs. */
  withheld: string;
}

const WORDS: Record<MailLocale, Words> = {
  en: {
    subject: (number) => `Your conversation with us (${number})`,
    intro: 'Here is your conversation with us, to keep.',
    withheld: 'What was written from your side is left out: this address has not been confirmed yet.',
  },
  de: {
    subject: (number) => `Ihr Gespräch mit uns (${number})`,
    intro: 'Hier ist Ihr Gespräch mit uns zum Aufheben.',
    withheld: 'Was von Ihrer Seite geschrieben wurde, fehlt: Diese Adresse ist noch nicht bestätigt.',
  },
  fr: {
    subject: (number) => `Votre conversation avec nous (${number})`,
    intro: 'Voici votre conversation avec nous, à conserver.',
    withheld: 'Ce qui a été écrit de votre côté est omis : cette adresse n’est pas encore confirmée.',
  },
  es: {
    subject: (number) => `Su conversación con nosotros (${number})`,
    intro: 'Aquí tiene su conversación con nosotros para guardarla.',
    withheld: 'Lo escrito por su parte se omite: esta dirección aún no está confirmada.',
  },
  ar: {
    subject: (number) => `محادثتك معنا (${number})`,
    intro: 'هذه محادثتك معنا للاحتفاظ بها.',
    withheld: 'ما كُتب من جانبك غير وارد هنا: لم يتم تأكيد هذا العنوان بعد.',
  },
};

/** The conversation as a mail. Without proof of whose mailbox it is, not a word that was typed as the donor. */
export function transcriptMail(
  locale: MailLocale,
  { number, description, donorName, lines }: Transcript,
  speaks: boolean,
): ReturnType<typeof layOut> {
  const { subject, intro, withheld } = WORDS[locale];
  const opening = description === null ? [] : [{ by: donorName ?? '', quote: description }];
  const said = lines.filter(({ from }) => from === 'admin' || (speaks && from === 'donor'));
  const parts: MailDraft['parts'] = [
    intro,
    ...(speaks ? opening : [withheld]),
    ...said.map(({ by, text }) => ({ by, quote: text })),
  ];
  return layOut(locale, { subject: subject(number), parts });
}

import { layOut, type MailDraft } from './mail-layout.js';
import type { MailLocale } from './mail-locale.js';

type Words = (link: string, minutes: number) => MailDraft;

const WORDS: Record<MailLocale, Words> = {
  en: (link, minutes) => ({
    subject: 'Your link to your conversations with us',
    parts: [
      `Somebody, hopefully you, asked to see the conversations of this mail address. The link works once, for ${minutes} minutes.`,
      { button: 'Open my conversations', link },
      'It was not you? Then do nothing: without this link nobody sees anything.',
    ],
  }),
  de: (link, minutes) => ({
    subject: 'Ihr Link zu Ihren Gesprächen mit uns',
    parts: [
      `Jemand, hoffentlich Sie, möchte die Gespräche dieser Mailadresse sehen. Der Link gilt einmal und ${minutes} Minuten lang.`,
      { button: 'Meine Gespräche öffnen', link },
      'Das waren nicht Sie? Dann tun Sie nichts: Ohne diesen Link sieht niemand etwas.',
    ],
  }),
  fr: (link, minutes) => ({
    subject: 'Votre lien vers vos conversations avec nous',
    parts: [
      `Quelqu’un, vous nous l’espérons, a demandé à voir les conversations de cette adresse. Le lien fonctionne une fois, pendant ${minutes} minutes.`,
      { button: 'Ouvrir mes conversations', link },
      'Ce n’était pas vous ? Ne faites rien : sans ce lien, personne ne voit rien.',
    ],
  }),
  es: (link, minutes) => ({
    subject: 'Su enlace a sus conversaciones con nosotros',
    parts: [
      `Alguien, esperamos que usted, pidió ver las conversaciones de esta dirección. El enlace funciona una vez, durante ${minutes} minutos.`,
      { button: 'Abrir mis conversaciones', link },
      '¿No fue usted? No haga nada: sin este enlace nadie ve nada.',
    ],
  }),
  ar: (link, minutes) => ({
    subject: 'رابطك إلى محادثاتك معنا',
    parts: [
      `طلب شخص ما، نأمل أن يكون أنت، رؤية محادثات هذا العنوان. يعمل الرابط مرة واحدة لمدة ${minutes} دقيقة.`,
      { button: 'فتح محادثاتي', link },
      'لم يكن أنت؟ لا تفعل شيئًا: بدون هذا الرابط لا يرى أحد شيئًا.',
    ],
  }),
};

/** The mail with a link that signs a donor in; `minutes` is how long it works. Add `to` and `messageId`, and send. */
export function magicLinkMail(
  locale: MailLocale,
  link: string,
  minutes: number,
): { subject: string; text: string; html: string } {
  return layOut(locale, WORDS[locale](link, minutes));
}

import type { MailDraft, MailPart } from '../../platform/mail/mail-layout.js';
import type { MailLocale } from '../../platform/mail/mail-locale.js';

/** What a mail to a donor may say: never a word that somebody typed without having proven who they are. */
export interface DonorMail {
  number: string;
  /** To the conversation. */
  link: string;
  messages: readonly { by: string; quote: string }[];
}

export const DONOR_MAIL_KINDS = ['staff_reply', 'resolved', 'reminder'] as const;
type DonorMailKind = (typeof DONOR_MAIL_KINDS)[number];

interface Words extends Record<DonorMailKind, (mail: DonorMail) => MailDraft> {
  unsubscribe: string;
  why: string;
  page: { ask: string; yes: string; done: string };
}

function draft(subject: string, ...parts: MailPart[]): MailDraft {
  return { subject, parts };
}

export const DONOR_MAILS: Record<MailLocale, Words> = {
  en: {
    staff_reply: ({ number, messages, link }) =>
      draft(`We answered you (${number})`, 'There is an answer for you:', ...messages, {
        button: 'Read on and write back',
        link,
      }),
    resolved: ({ number, link }) =>
      draft(
        `How did we do? (${number})`,
        'We marked your question as solved. Will you tell us how it went, with one to five stars?',
        { button: 'Open the conversation', link },
        'Not solved? Just write again in the same chat.',
      ),
    reminder: ({ number, link }) =>
      draft(
        `We are waiting for your answer (${number})`,
        'We asked you something and have not heard from you.',
        { button: 'Open the conversation', link },
      ),
    unsubscribe: 'No more of these mails',
    why: 'You get this mail because somebody gave this address when asking us for help.',
    page: {
      ask: 'Stop mails about conversations to this address?',
      yes: 'Yes, stop them',
      done: 'Done. We will send no more of these mails.',
    },
  },
  de: {
    staff_reply: ({ number, messages, link }) =>
      draft(`Wir haben geantwortet (${number})`, 'Es gibt eine Antwort für Sie:', ...messages, {
        button: 'Weiterlesen und antworten',
        link,
      }),
    resolved: ({ number, link }) =>
      draft(
        `Wie waren wir? (${number})`,
        'Wir haben Ihre Frage als gelöst markiert. Sagen Sie uns mit einem bis fünf Sternen, wie es war?',
        { button: 'Gespräch öffnen', link },
        'Nicht gelöst? Schreiben Sie einfach im selben Chat weiter.',
      ),
    reminder: ({ number, link }) =>
      draft(
        `Wir warten auf Ihre Antwort (${number})`,
        'Wir haben Sie etwas gefragt und noch nichts gehört.',
        { button: 'Gespräch öffnen', link },
      ),
    unsubscribe: 'Keine dieser Mails mehr',
    why: 'Sie bekommen diese Mail, weil jemand diese Adresse angegeben hat, als er uns um Hilfe bat.',
    page: {
      ask: 'Keine Mails zu Gesprächen mehr an diese Adresse?',
      yes: 'Ja, keine mehr',
      done: 'Erledigt. Wir senden keine dieser Mails mehr.',
    },
  },
  fr: {
    staff_reply: ({ number, messages, link }) =>
      draft(`Nous vous avons répondu (${number})`, 'Une réponse vous attend :', ...messages, {
        button: 'Lire la suite et répondre',
        link,
      }),
    resolved: ({ number, link }) =>
      draft(
        `Comment était-ce ? (${number})`,
        'Nous avons marqué votre question comme résolue. Nous direz-vous, d’une à cinq étoiles, comment cela s’est passé ?',
        { button: 'Ouvrir la conversation', link },
        'Pas résolu ? Écrivez simplement dans le même chat.',
      ),
    reminder: ({ number, link }) =>
      draft(
        `Nous attendons votre réponse (${number})`,
        'Nous vous avons posé une question et n’avons pas eu de réponse.',
        { button: 'Ouvrir la conversation', link },
      ),
    unsubscribe: 'Ne plus recevoir ces mails',
    why: 'Vous recevez ce mail parce que quelqu’un a donné cette adresse en nous demandant de l’aide.',
    page: {
      ask: 'Ne plus envoyer de mails sur les conversations à cette adresse ?',
      yes: 'Oui, arrêter',
      done: 'C’est fait. Nous n’enverrons plus ces mails.',
    },
  },
  es: {
    staff_reply: ({ number, messages, link }) =>
      draft(`Le hemos respondido (${number})`, 'Hay una respuesta para usted:', ...messages, {
        button: 'Seguir leyendo y contestar',
        link,
      }),
    resolved: ({ number, link }) =>
      draft(
        `¿Cómo lo hicimos? (${number})`,
        'Marcamos su consulta como resuelta. ¿Nos dice, con una a cinco estrellas, cómo fue?',
        { button: 'Abrir la conversación', link },
        '¿No está resuelta? Escriba de nuevo en el mismo chat.',
      ),
    reminder: ({ number, link }) =>
      draft(`Esperamos su respuesta (${number})`, 'Le preguntamos algo y no hemos sabido de usted.', {
        button: 'Abrir la conversación',
        link,
      }),
    unsubscribe: 'No recibir más estos correos',
    why: 'Recibe este correo porque alguien dio esta dirección al pedirnos ayuda.',
    page: {
      ask: '¿Dejar de enviar correos sobre conversaciones a esta dirección?',
      yes: 'Sí, dejar de enviarlos',
      done: 'Hecho. No enviaremos más estos correos.',
    },
  },
  ar: {
    staff_reply: ({ number, messages, link }) =>
      draft(`لقد أجبنا عليك (${number})`, 'هناك رد لك:', ...messages, {
        button: 'متابعة القراءة والرد',
        link,
      }),
    resolved: ({ number, link }) =>
      draft(
        `كيف كانت خدمتنا؟ (${number})`,
        'وضعنا علامة "تم الحل" على سؤالك. هل تخبرنا كيف كانت التجربة، من نجمة إلى خمس نجوم؟',
        { button: 'فتح المحادثة', link },
        'لم يُحل؟ اكتب مرة أخرى في المحادثة نفسها.',
      ),
    reminder: ({ number, link }) =>
      draft(`ننتظر ردك (${number})`, 'سألناك سؤالًا ولم نتلق ردك.', { button: 'فتح المحادثة', link }),
    unsubscribe: 'إيقاف هذه الرسائل',
    why: 'تصلك هذه الرسالة لأن شخصًا ما ذكر هذا العنوان عند طلب المساعدة منا.',
    page: {
      ask: 'إيقاف رسائل المحادثات إلى هذا العنوان؟',
      yes: 'نعم، أوقفها',
      done: 'تم. لن نرسل المزيد من هذه الرسائل.',
    },
  },
};

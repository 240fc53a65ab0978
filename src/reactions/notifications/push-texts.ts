import { oneOf } from '../../contract/one-of.js';
import { mailLocale, type MailLocale } from '../../platform/mail/mail-locale.js';
import type { Notice } from './delivery.js';
import { NOTIFICATION_KINDS, type NotificationKind } from './recipients.js';

type StaffKind = Exclude<NotificationKind, keyof (typeof DONOR)['en']>;

/** `who` is the donor's name or mail address. */
const STAFF: Record<StaffKind, (who: string) => string> = {
  new_ticket: (who) => `New ticket from ${who}`,
  assigned: (who) => `You have a new ticket: ${who}`,
  transferred: (who) => `A ticket was handed to you: ${who}`,
  donor_message: (who) => `${who} wrote`,
  call_requested: (who) => `${who} asks for a call`,
  call_missed: (who) => `Missed call from ${who}`,
  callback_wanted: (who) => `${who} asks to be called back`,
};

/** `who` is the member of staff. */
const DONOR = {
  en: {
    staff_reply: (who: string) => `${who} answered`,
    call_accepted: (who: string) => `${who} takes your call`,
    call_declined: (_who: string) => 'We cannot call right now. We will answer in writing.',
    call_started: (who: string) => `${who} is calling`,
    resolved: (_who: string) => 'Your question is solved. Tell us how it went.',
    closed: (_who: string) => 'Your conversation was closed.',
    reminder: (_who: string) => 'We are waiting for your answer.',
  },
  de: {
    staff_reply: (who: string) => `${who} hat geantwortet`,
    call_accepted: (who: string) => `${who} nimmt Ihren Anruf an`,
    call_declined: (_who: string) => 'Wir können gerade nicht telefonieren und antworten schriftlich.',
    call_started: (who: string) => `${who} ruft an`,
    resolved: (_who: string) => 'Ihre Frage ist gelöst. Sagen Sie uns, wie es war.',
    closed: (_who: string) => 'Ihr Gespräch wurde geschlossen.',
    reminder: (_who: string) => 'Wir warten auf Ihre Antwort.',
  },
  fr: {
    staff_reply: (who: string) => `${who} a répondu`,
    call_accepted: (who: string) => `${who} prend votre appel`,
    call_declined: (_who: string) => 'Nous ne pouvons pas appeler maintenant. Nous répondrons par écrit.',
    call_started: (who: string) => `${who} vous appelle`,
    resolved: (_who: string) => 'Votre question est résolue. Dites-nous comment cela s’est passé.',
    closed: (_who: string) => 'Votre conversation a été fermée.',
    reminder: (_who: string) => 'Nous attendons votre réponse.',
  },
  es: {
    staff_reply: (who: string) => `${who} respondió`,
    call_accepted: (who: string) => `${who} atiende su llamada`,
    call_declined: (_who: string) => 'Ahora no podemos llamar. Le responderemos por escrito.',
    call_started: (who: string) => `${who} le llama`,
    resolved: (_who: string) => 'Su consulta está resuelta. Cuéntenos cómo fue.',
    closed: (_who: string) => 'Su conversación se cerró.',
    reminder: (_who: string) => 'Esperamos su respuesta.',
  },
  ar: {
    staff_reply: (who: string) => `رد ${who}`,
    call_accepted: (who: string) => `${who} يقبل مكالمتك`,
    call_declined: (_who: string) => 'لا يمكننا الاتصال الآن. سنرد كتابيًا.',
    call_started: (who: string) => `${who} يتصل بك`,
    resolved: (_who: string) => 'تم حل سؤالك. أخبرنا كيف كانت التجربة.',
    closed: (_who: string) => 'أُغلقت محادثتك.',
    reminder: (_who: string) => 'ننتظر ردك.',
  },
} satisfies Record<MailLocale, Record<string, (who: string) => string>>;

function isForStaff(kind: NotificationKind): kind is StaffKind {
  return kind in STAFF;
}

/** The language the donor's widget had. */
export function donorLocale({ context }: Notice['ticket']): MailLocale {
  return mailLocale((context as { locale?: unknown } | null)?.locale);
}

export const donorName = ({ donorName, donorEmail, number }: Notice['ticket']): string =>
  donorName ?? donorEmail ?? number;

/** Title and text of a push; `preview` is the message it is about, when it may be shown. */
export function pushWords(
  { delivery, ticket }: Notice,
  preview: string | undefined,
): { title: string; body: string } {
  const about = ticket.subject === null ? ticket.number : `${ticket.number}: ${ticket.subject}`;
  const kind = oneOf(NOTIFICATION_KINDS, delivery.kind);
  if (isForStaff(kind)) return { title: STAFF[kind](donorName(ticket)), body: preview ?? about };
  const title = DONOR[donorLocale(ticket)][kind](delivery.actorName ?? '');
  return { title, body: preview ?? ticket.number };
}

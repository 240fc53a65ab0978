import type { MailDraft, MailPart } from '../../platform/mail/mail-layout.js';

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

const FOOTER: MailPart[] = [
  'What you are notified of is up to you: Notifications, in the menu under your name.',
];

function draft({ about, link }: StaffMail, subject: string, ...parts: MailPart[]): MailDraft {
  return {
    subject: `${subject} (${about})`,
    parts: [...parts, { button: 'Open the ticket', link }],
    footer: FOOTER,
  };
}

/** Staff read English, as the dashboard is. */
export const STAFF_MAILS: Record<StaffMailKind, (mail: StaffMail) => MailDraft> = {
  new_ticket: (mail) =>
    draft(mail, `New ticket from ${mail.who}`, `${mail.who} asks for help. Nobody has taken the ticket yet.`),
  assigned: (mail) => draft(mail, 'You have a new ticket', `The ticket of ${mail.who} is yours now.`),
  transferred: (mail) => draft(mail, 'A ticket was handed to you', `The ticket of ${mail.who} is yours now.`),
  donor_message: (mail) => draft(mail, `${mail.who} wrote`, ...mail.messages),
  call_missed: (mail) =>
    draft(mail, `Missed call from ${mail.who}`, `${mail.who} asked for a call, and nobody could take it.`),
};

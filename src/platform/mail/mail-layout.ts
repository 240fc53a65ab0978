import type { Locale } from '../../contract/locales.js';

/** What somebody said; `at` is when, in words. */
interface Quote {
  quote: string;
  by: string;
  at?: string;
}

/** One piece of an email. All of it is text: nothing in here is HTML. */
export type MailPart = string | Quote | { heading: string } | { button: string; link: string };

export interface MailDraft {
  subject: string;
  /** What inboxes show beside the subject; the first words of the email, unless said otherwise. */
  preview?: string;
  parts: readonly MailPart[];
  /** Small print: why the reader gets this email. */
  footer?: readonly MailPart[];
}

/** An email in a language. The mailer writes it in the name and looks of the desk, as text and as HTML. */
export interface Letter extends MailDraft {
  locale: Locale;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML that shows it and does nothing else. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A text in one line, as headers and inboxes need it. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** The email in its language. Add `to` and `messageId`, and send. */
export function layOut(locale: Locale, draft: MailDraft): Letter {
  return { ...draft, locale, subject: oneLine(draft.subject) };
}

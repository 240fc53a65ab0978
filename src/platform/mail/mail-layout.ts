import type { Locale } from '../../contract/locales.js';
import type { Profile } from '../desk-profile/desk-profile.js';
import { directionOf } from './mail-locale.js';

/** One piece of a mail. All of it is text: nothing in here is HTML. */
export type MailPart = string | { quote: string; by: string } | { button: string; link: string };

export interface MailDraft {
  subject: string;
  parts: readonly MailPart[];
  /** Small print. */
  footer?: readonly MailPart[];
}

/** Where the mailer puts the name of the desk; an HTML comment, which text cannot hold. */
const DESK_MARK = '<!--desk-->';
const LINE = '#d9d3c4';

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

/** A subject in one line, as a mail needs it. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** The same words as plain text and as HTML, in the direction of their language. */
export function layOut(locale: Locale, draft: MailDraft): { subject: string; text: string; html: string } {
  const { parts, footer = [] } = draft;
  const subject = oneLine(draft.subject);
  const small = footer.length === 0 ? [] : ['-- ', ...footer.map(asText)];
  const text = `${[...parts.map(asText), ...small].join('\n\n')}\n`;
  return { subject, text, html: page(locale, subject, parts.map(asHtml).join('\n'), footer) };
}

/** The HTML of `layOut` with the name of the desk above it, underlined in its colour; unchanged while it has no name. */
export function withDesk(html: string, { name, colour }: Pick<Profile, 'name' | 'colour'>): string {
  if (name === null) return html;
  const style = `margin:0 0 24px;padding-bottom:12px;border-bottom:3px solid ${colour ?? LINE};font-weight:600`;
  return html.replace(DESK_MARK, () => `<p dir="auto" style="${style}">${escapeHtml(name)}</p>`);
}

function asText(part: MailPart): string {
  if (typeof part === 'string') return part;
  if ('button' in part) return `${part.button}:\n${part.link}`;
  return `${part.by}:\n${part.quote
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}`;
}

const lines = (text: string): string => escapeHtml(text).replace(/\r?\n/g, '<br>');

function asHtml(part: MailPart): string {
  if (typeof part === 'string') return `<p>${lines(part)}</p>`;
  if ('button' in part) return `<p><a href="${escapeHtml(part.link)}">${escapeHtml(part.button)}</a></p>`;
  const style = 'margin:16px 0;padding:12px 16px;background:#f6f3ee;border-radius:8px';
  return `<div style="${style}"><strong>${escapeHtml(part.by)}</strong><br>${lines(part.quote)}</div>`;
}

function page(locale: Locale, subject: string, body: string, footer: readonly MailPart[]): string {
  const font = 'font:16px/1.5 system-ui,sans-serif;color:#22201d';
  const small =
    footer.length === 0 ? '' : `<hr><div style="font-size:13px">${footer.map(asHtml).join('\n')}</div>`;
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;${font}">
<div style="max-width:560px;margin:0 auto">
${DESK_MARK}
${body}
${small}
</div>
</body>
</html>
`;
}

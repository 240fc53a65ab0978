import type { Letter, MailPart } from './mail-layout.js';

/** The whole email as plain text; what the desk is called stands above the small print. */
export function mailText({ parts, footer = [] }: Letter, desk: string | null): string {
  const small = [...(desk === null ? [] : [desk]), ...footer.map(asText)];
  // Two hyphens and a blank begin a signature (RFC 3676, 4.3).
  const signature = small.length === 0 ? [] : [`-- \n${small.join('\n\n')}`];
  return `${[...parts.map(asText), ...signature].join('\n\n')}\n`;
}

function asText(part: MailPart): string {
  if (typeof part === 'string') return part;
  if ('heading' in part) return `* ${part.heading}`;
  if ('button' in part) return `${part.button}:\n${part.link}`;
  const { by, at, quote } = part;
  const head = at === undefined ? by : `${by} · ${at}`;
  return `${head}\n${quote
    .split(/\r?\n/)
    .map((line) => `> ${line}`)
    .join('\n')}`;
}

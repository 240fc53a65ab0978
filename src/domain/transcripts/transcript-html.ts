import { darkColours, lightColours, type MailColours } from '../../platform/mail/mail-colours.js';
import { escapeHtml } from '../../platform/mail/mail-layout.js';
import { directionOf } from '../../platform/mail/mail-locale.js';
import { spoken, type Transcript } from './transcript.js';

/** The transcript as a page to keep, read and print: it loads nothing. `colour` is the desk's. */
export function asHtml(transcript: Transcript, colour: string | null): string {
  const { reader, title, state, zone, days } = spoken(transcript);
  const { locale } = reader;
  const desk =
    transcript.desk === null ? '' : `<p class="desk"><bdi><b>${escapeHtml(transcript.desk)}</b></bdi></p>\n`;
  const said = days.map(
    ({ day, lines }) => `<h2>${escapeHtml(day)}</h2>
<dl>
${lines
  .map(
    ({ at, by, from, text, time }) =>
      `<div class="${from}"><dt><b><bdi>${escapeHtml(by)}</bdi></b> <time datetime="${escapeHtml(at)}">${escapeHtml(time)}</time></dt><dd${from === 'system' ? '' : ' dir="auto"'}>${paragraphs(text)}</dd></div>`,
  )
  .join('\n')}
</dl>`,
  );
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${sheet(lightColours(colour), darkColours(colour))}</style></head>
<body><main>${desk}<h1><bdi>${escapeHtml(title)}</bdi></h1>
<p class="state">${escapeHtml(state)}<br>${escapeHtml(zone)}</p>
${said.join('\n')}
</main></body></html>
`;
}

const paragraphs = (text: string): string => escapeHtml(text).replace(/\n/g, '<br>');

const properties = ({ ground, card, quote, line, text, muted, accent }: MailColours): string =>
  `--ground:${ground};--card:${card};--quote:${quote};--line:${line};--text:${text};--muted:${muted};--accent:${accent}`;

function sheet(light: MailColours, dark: MailColours): string {
  return [
    `:root{color-scheme:light dark;${properties(light)}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${properties(dark)}}}`,
    'body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}',
    'main{max-width:680px;margin:0 auto;padding:24px 16px}',
    '.desk{margin:0 0 16px;padding-bottom:12px;border-bottom:3px solid var(--accent);font-size:18px}',
    'h1{margin:0;font-size:22px}h2{margin:28px 0 12px;font-size:14px;color:var(--muted);text-align:center}',
    '.state,time{color:var(--muted);font-size:13px}.state{margin:4px 0 0}',
    'dl{margin:0}dl>div{margin:0 0 10px;padding:10px 14px;border:1px solid var(--line);border-radius:8px;background:var(--card);break-inside:avoid}',
    'dl>.admin{border-inline-start:4px solid var(--accent)}dl>.system{background:none;border-style:dashed}dd{margin:0}',
  ].join('');
}

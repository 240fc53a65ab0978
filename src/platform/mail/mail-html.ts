import type { Profile } from '../desk-profile/desk-profile.js';
import { darkColours, lightColours, type MailColours } from './mail-colours.js';
import { escapeHtml, oneLine, type Letter, type MailPart } from './mail-layout.js';
import { directionOf } from './mail-locale.js';

/** What the desk looks like in an email; `logoUrl` is a full address. */
export type MailLooks = Pick<Profile, 'name' | 'colour' | 'logoUrl'>;

/** Code points of the preview that inboxes have room for, and what keeps them from showing the email's next words after it. */
const PREVIEW = 140;
const FILLER = '&#8199;&#847; '.repeat(60).trim();

/**
 * The email as HTML of simple blocks with inline styles, which mail programs keep. Those that follow the reader's dark theme read
 * the style sheet too; its classes change colours and nothing else.
 */
export function mailHtml(letter: Letter, looks: MailLooks): string {
  const { locale, subject, parts, footer = [] } = letter;
  const draw = new Drawing(lightColours(looks.colour), directionOf(locale));
  const { ground, card, line, text, muted } = draw.colours;
  const small = footer.map((part) => draw.smallPart(part)).join('\n');
  return `<!doctype html>
<html lang="${locale}" dir="${draw.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${darkSheet(darkColours(looks.colour))}</style>
</head>
<body class="ground" style="margin:0;padding:0;background:${ground};color:${text}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(previewOf(letter))} ${FILLER}</div>
<div class="ground" role="article" aria-roledescription="email" aria-label="${escapeHtml(subject)}" lang="${locale}" dir="${draw.direction}" style="max-width:600px;margin:0 auto;padding:24px 12px;background:${ground};color:${text};font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere">
<div class="card" style="padding:24px;background:${card};border:1px solid ${line};border-radius:12px">
${draw.header(looks)}${parts.map((part) => draw.part(part)).join('\n')}
</div>
<div class="muted" style="padding:8px 24px;color:${muted};font-size:13px">
${small}
</div>
</div>
</body>
</html>
`;
}

function previewOf({ preview, parts }: Letter): string {
  const first = parts.find((part) => typeof part === 'string');
  return [...oneLine(preview ?? first ?? '')].slice(0, PREVIEW).join('');
}

const CLASSES: readonly [name: string, rule: (colours: MailColours) => string][] = [
  ['ground', ({ ground, text }) => `background:${ground}!important;color:${text}!important`],
  ['card', ({ card, line }) => `background:${card}!important;border-color:${line}!important`],
  ['quote', ({ quote, accent }) => `background:${quote}!important;border-color:${accent}!important`],
  ['desk', ({ accent }) => `border-color:${accent}!important`],
  ['muted', ({ muted }) => `color:${muted}!important`],
  ['link', ({ accent }) => `color:${accent}!important`],
  ['button', ({ button, onButton }) => `background:${button}!important;color:${onButton}!important`],
];

function darkSheet(colours: MailColours): string {
  const rules = CLASSES.map(([name, rule]) => `.${name}{${rule(colours)}}`);
  return `:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){${rules.join('')}}`;
}

const lines = (text: string): string => escapeHtml(text).replace(/\r?\n/g, '<br>');

/** The pieces in their colours. Sides are left and right: mail programs know no logical ones. */
class Drawing {
  constructor(
    readonly colours: MailColours,
    readonly direction: 'ltr' | 'rtl',
  ) {}

  /** The logo, or the name where there is none: an image that is not loaded shows the name as well. */
  header({ name, logoUrl }: MailLooks): string {
    if (name === null && logoUrl === null) return '';
    const spoken = escapeHtml(name ?? '');
    // Logos are made for light grounds.
    const image = `<img src="${escapeHtml(logoUrl ?? '')}" alt="${spoken}" height="48" style="display:inline-block;height:48px;width:auto;max-width:100%;padding:4px;background:#ffffff;color:#22201d;border-radius:8px;border:0">`;
    const edge = `border-bottom:3px solid ${this.colours.accent}`;
    return `<div class="desk" style="margin:0 0 20px;padding-bottom:12px;${edge};font-size:18px;font-weight:600">${logoUrl === null ? `<bdi>${spoken}</bdi>` : image}</div>\n`;
  }

  part(part: MailPart): string {
    if (typeof part === 'string') return `<p style="margin:0 0 16px">${lines(part)}</p>`;
    if ('heading' in part)
      return `<h2 style="margin:24px 0 8px;font-size:15px;font-weight:600">${escapeHtml(part.heading)}</h2>`;
    return 'button' in part ? this.button(part) : this.quote(part);
  }

  /** In the small print buttons are links. */
  smallPart(part: MailPart): string {
    if (typeof part === 'string' || !('button' in part)) return this.part(part);
    const { button, link } = part;
    return `<p style="margin:0 0 16px"><a class="link" href="${escapeHtml(link)}" style="color:${this.colours.accent}">${escapeHtml(button)}</a></p>`;
  }

  private button({ button, link }: { button: string; link: string }): string {
    const { button: ground, onButton } = this.colours;
    const style = `display:inline-block;padding:12px 20px;background:${ground};color:${onButton};border-radius:8px;font-weight:600;text-decoration:none`;
    return `<p style="margin:20px 0"><a class="button" href="${escapeHtml(link)}" style="${style}">${escapeHtml(button)}</a></p>`;
  }

  /** People write in another direction than the email at times. */
  private quote({ quote, by, at }: { quote: string; by: string; at?: string }): string {
    const { quote: ground, accent, muted } = this.colours;
    const edge = `border-${this.direction === 'rtl' ? 'right' : 'left'}:4px solid ${accent}`;
    const time =
      at === undefined
        ? ''
        : ` <span class="muted" style="color:${muted};font-size:13px">${escapeHtml(at)}</span>`;
    return `<div class="quote" style="margin:0 0 12px;padding:10px 14px;background:${ground};${edge};border-radius:6px"><div><strong><bdi>${escapeHtml(by)}</bdi></strong>${time}</div><div dir="auto">${lines(quote)}</div></div>`;
  }
}

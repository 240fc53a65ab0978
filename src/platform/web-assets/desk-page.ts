import type { Config } from '../config/config.js';
import { publicPath } from '../config/public-address.js';
import type { DeskProfile, Profile } from '../desk-profile/desk-profile.js';
import { legibleOn } from '../desk-profile/legible-colour.js';
import { escapeHtml } from '../mail/mail-layout.js';
import { NONCE_MARK } from './page-policy.js';

/** The word in an HTML file that stands for the name of the charity, and what it is while the desk has none. */
export const NAME_MARK = '__DESK_NAME__';
const INVENTED_NAME = 'Clearspring';
/** Pages that have no title of their own. */
const PRODUCT_TITLE = '<title>Concierge</title>';
const ICON = /(<link\s+rel="icon"\s+href=)"([^"]*)"/;
/** The first colour of the product icon. */
const ICON_COLOUR = '%231f6f5c';
/** Grounds and text of our pages, in light and in dark. */
const [LIGHT, ON_LIGHT, DARK, ON_DARK] = ['#f0ece1', '#1f2a2d', '#1c2325', '#ecf0ee'];

/**
 * The HTML of a page in the name and looks of the desk: its title, its icon, and custom properties for its styles. `--desk` is the
 * colour, `--desk-light` and `--desk-dark` are what text in it is on a light and on a dark ground. Read for each request and made
 * once for each profile, so that a change shows at the next load.
 */
export function deskPage(html: string, desk: DeskProfile, config: Config): () => string {
  let made: { profile: Profile; html: string } | undefined;
  return () => {
    const profile = desk.current;
    if (made?.profile !== profile) made = { profile, html: dressed(html, profile, config) };
    return made.html;
  };
}

function dressed(html: string, { name, colour, logoUrl }: Profile, config: Config): string {
  const spoken = escapeHtml(name ?? INVENTED_NAME);
  const named = html.replaceAll(NAME_MARK, () => spoken);
  const titled = name === null ? named : named.replace(PRODUCT_TITLE, () => `<title>${spoken}</title>`);
  const coloured = colour === null ? titled : inColour(titled, colour);
  if (logoUrl === null) return coloured;
  const logo = escapeHtml(publicPath(config, logoUrl as `/${string}`));
  // The dashboard shows our own icon again when the logo is taken away.
  return coloured.replace(
    ICON,
    (_link, before: string, own: string) => `${before}"${logo}" data-own="${own}"`,
  );
}

function inColour(html: string, colour: string): string {
  const properties = [
    `--desk:${colour}`,
    `--desk-light:${legibleOn(colour, LIGHT, ON_LIGHT)}`,
    `--desk-dark:${legibleOn(colour, DARK, ON_DARK)}`,
  ];
  const style = `<style nonce="${NONCE_MARK}">:root{${properties.join(';')}}</style>`;
  return html.replace(ICON_COLOUR, `%23${colour.slice(1)}`).replace('</head>', () => `${style}</head>`);
}

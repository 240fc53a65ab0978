/** A custom scheme, as the pages inside mobile apps have: `capacitor://localhost`. */
const CUSTOM = /^[a-z][a-z\d+.-]{0,30}:$/i;
const WEB = new Set(['http:', 'https:']);

/**
 * The origin of an address as browsers send it: lower case, ASCII host, no default port, no path. The one place that
 * makes origins, so that settings and headers compare as equal. Undefined when the text is no address of a page.
 */
export function originOf(address: string): string | undefined {
  const text = address.trim();
  if (!text.includes('://') || !URL.canParse(text)) return undefined;
  const { protocol, host, hostname, origin } = new URL(text);
  if (hostname === '' || hostname.includes('*')) return undefined;
  if (WEB.has(protocol)) return origin;
  return CUSTOM.test(protocol) && protocol !== 'file:' ? `${protocol}//${host.toLowerCase()}` : undefined;
}

/** One origin of CORS_ORIGINS; `*` stays as it is. Throws with what to write instead. */
export function listedOrigin(text: string): string {
  if (text === '*') return text;
  const origin = originOf(text);
  if (origin !== undefined) return origin;
  if (text.includes('*')) throw new Error(`"${text}": wildcards do not work; list each origin`);
  throw new Error(`"${text}" is no origin; write it as https://www.example.org`);
}

/** The address of the desk without a slash at its end; a path stays. Throws with what to write instead. */
export function publicAddress(text: string): string {
  const isWeb = /^https?:\/\//i.test(text.trim()) && originOf(text) !== undefined;
  if (!isWeb) throw new Error('must be an address such as https://desk.example.org');
  const { origin, pathname, search, hash, username } = new URL(text.trim());
  if (search !== '' || hash !== '' || username !== '')
    throw new Error('must be an address without ?, # or @, such as https://desk.example.org');
  return origin + pathname.replace(/(?<!\/)\/+$/, '');
}

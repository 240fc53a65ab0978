/** A piece of what somebody wrote; with `href` where it is a link. */
export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

/** Addresses of pages and of email, and phone numbers with the code of their country. Marks of direction could disguise where a link goes. */
const LINK =
  /(?<![\w.+-])(?:(?:https?:\/\/|mailto:|tel:)[^\s<>"\u200e\u200f\u202a-\u202e\u2066-\u2069]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\+\d[\d ().-]{5,18}\d)/gi;

/** Ends of sentences, not of addresses. */
const AFTER = /[.,;:!?…'"’”»*_。，！？：；、）》」』]$/;
const OPENED_BY: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** For each `a` of a text that a person wrote: it leads outside, and tells nobody from where. */
export const LINK_ATTRIBUTES = { target: '_blank', rel: 'noopener noreferrer nofollow ugc' } as const;

/** The text in pieces: links (http, https, mailto, tel) and what is between them. The pieces joined are the text. */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const address = withoutEnd(found);
    const href = hrefOf(address);
    if (href === undefined) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: address, href });
    end = index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Without the signs of the sentence around it; a closing bracket stays where the address opens it. */
function withoutEnd(found: string): string {
  let address = found;
  while (AFTER.test(address) || isClosedOutside(address)) address = address.slice(0, -1);
  return address;
}

function isClosedOutside(address: string): boolean {
  const closing = address.at(-1) ?? '';
  const opening = OPENED_BY[closing];
  return opening !== undefined && address.split(closing).length > address.split(opening).length;
}

function hrefOf(address: string): string | undefined {
  if (address.startsWith('+')) return `tel:${address.replace(/[^+\d]/g, '')}`;
  const url = URL.parse(/^(https?|mailto|tel):/i.test(address) ? address : `mailto:${address}`);
  if (url === null) return undefined;
  return url.host !== '' || url.pathname !== '' ? url.href : undefined;
}

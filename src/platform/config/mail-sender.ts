/** Who emails come from. */
export interface MailSender {
  /** Empty when only an address was given. */
  name: string;
  address: string;
}

const LONGEST = 320;
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;

/** The text between quotation marks, which may hold escaped ones (RFC 5322 quoted-string); any other text as it is. */
function unquoted(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}

/**
 * Reads one sender: `desk@example.org`, `Our desk <desk@example.org>` or `"Care, Billing" <desk@example.org>`. A comma in
 * the name needs no quotation marks: there is one sender, always. Undefined when the text is none.
 */
export function parseSender(text: string): MailSender | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST || /\p{Cc}/u.test(trimmed)) return undefined;
  if (ADDRESS.test(trimmed)) return { name: '', address: trimmed };
  const at = trimmed.lastIndexOf('<');
  if (at < 0 || !trimmed.endsWith('>')) return undefined;
  const address = trimmed.slice(at + 1, -1).trim();
  const name = unquoted(trimmed.slice(0, at).trim());
  return ADDRESS.test(address) && !/[<>]/.test(name) ? { name, address } : undefined;
}

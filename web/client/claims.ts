import { fieldsOf } from './failure.js';

/**
 * What a token (JWT, RFC 7519) says of its bearer; nothing for what is no such token. Read without its key, so it proves
 * nothing here: only the server can tell whether it is good.
 */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    return fieldsOf(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return {};
  }
}

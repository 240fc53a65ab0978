import { cutText } from '../../../contract/text.js';

const LONGEST_USERNAME = 100;

/** A username as it is typed at sign-in; stored in small letters. */
export const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{1,99}$/;
export const USERNAME_RULE = 'username must be 2 to 100 letters, digits, dots, dashes, underscores or @';

/**
 * The username nearest to a name: accents go, and what the rule does not allow becomes a dash. With a `mark`, which must keep the
 * rule, it ends in that; without one it may be too short to be a username.
 */
export function usernameFrom(name: string, mark?: string): string {
  const allowed = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._@-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .replace(/-$/, '');
  if (mark === undefined) return cutText(allowed, LONGEST_USERNAME);
  return allowed === '' ? mark : `${cutText(allowed, LONGEST_USERNAME - mark.length - 1)}-${mark}`;
}

import { LIMITS } from './ticket-fields.js';

/** RFC 5321 §4.5.3.1. */
const LONGEST_MAILBOX = 64;
const LONGEST_DOMAIN = 253;
/** Dot-separated words of RFC 5322 §3.2.3, and letters of any script (RFC 6532). Quoted words are no part of the rule. */
const WORD = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
const TOP_LEVEL = /^(?!\d+$).{2,63}$/u;

/**
 * One address that can be mailed: `name@domain.tld`, without display name, list, comment, quoting or blanks. What forms and
 * the API accept and what the mailer sends to is this one rule.
 */
export function isEmailAddress(text: string): boolean {
  if (text.length > LIMITS.email) return false;
  const [mailbox = '', domain = '', ...more] = text.split('@');
  if (more.length > 0 || mailbox.length > LONGEST_MAILBOX || domain.length > LONGEST_DOMAIN) return false;
  const labels = domain.split('.');
  return (
    mailbox.split('.').every((word) => WORD.test(word)) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    TOP_LEVEL.test(labels.at(-1) ?? '')
  );
}

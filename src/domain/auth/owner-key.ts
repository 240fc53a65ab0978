/**
 * The names of proven identities. A ticket's `ownerKey` is one of these or nothing, so that what somebody types (a donorId, a
 * mail address) can never be taken for one, and the people of two issuers never for each other.
 */

/** Somebody whom a trusted backend knows: its `iss`, if it names one, and the id there. */
export function delegatedKey(issuer: string | undefined, id: string): string {
  return `jwt:${encodeURIComponent(issuer ?? '')}:${id}`;
}

const MAILBOX = 'mail:';

/** Whoever has proven to read a mailbox. */
export function mailboxKey(email: string): string {
  return MAILBOX + mailboxOf(email);
}

/** The mailbox that a key stands for; undefined for other identities. */
export function mailboxBehind(ownerKey: string): string | undefined {
  return ownerKey.startsWith(MAILBOX) ? ownerKey.slice(MAILBOX.length) : undefined;
}

/** An address as addresses are compared: ASCII letters in small, as the index tickets_mailbox has them, and nothing else. */
export function mailboxOf(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

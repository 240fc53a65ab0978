/**
 * The names of proven identities. A ticket's `ownerKey` is one of these or nothing, so that what somebody types (a donorId, a
 * email address) can never be taken for one, and the people of two issuers never for each other.
 */

const DELEGATED = 'jwt:';

/** Somebody whom a trusted backend knows: its `iss`, if it names one, and the id there. */
export function delegatedKey(issuer: string | undefined, id: string): string {
  return `${DELEGATED}${encodeURIComponent(issuer ?? '')}:${id}`;
}

export const isDelegatedKey = (ownerKey: string): boolean => ownerKey.startsWith(DELEGATED);

const STAFF = 'staff:';

/** A member of staff who opens a ticket for themselves. */
export function staffKey(userId: number): string {
  return `${STAFF}${userId}`;
}

const MAILBOX = 'mail:';

/** Anyone who has proven to read a mailbox. */
export function mailboxKey(email: string): string {
  return MAILBOX + mailboxOf(email);
}

/** The mailbox that a key stands for; undefined for other identities. */
export function mailboxBehind(ownerKey: string): string | undefined {
  return ownerKey.startsWith(MAILBOX) ? ownerKey.slice(MAILBOX.length) : undefined;
}

/** What a ticket's row says about whose it is. */
export interface OwnerFacts {
  donorEmail: string | null;
  /** Staff have changed the address: the person who reads that mailbox has no part in what was written before. */
  donorEmailCorrected: boolean;
  ownerKey: string | null;
  /** The address that the proof behind `ownerKey` vouches for. */
  provenEmail: string | null;
}

/**
 * The proven identities that a ticket opens to: the one it was made by, and the mailbox that its donor has named. A donor who
 * has proven an identity has named a mailbox only where the proof vouches for it: another address is a claim.
 */
export function ownerKeysOf(facts: OwnerFacts): string[] {
  const { donorEmail, donorEmailCorrected, ownerKey, provenEmail } = facts;
  const isNamed = ownerKey === null || sameMailbox(donorEmail, provenEmail);
  const mailbox = donorEmail === null || donorEmailCorrected || !isNamed ? [] : [mailboxKey(donorEmail)];
  return ownerKey === null ? mailbox : [ownerKey, ...mailbox];
}

export function sameMailbox(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && mailboxOf(one) === mailboxOf(other);
}

/** Who has proven the identity behind a key, and to whom. */
export type Proof =
  | { kind: 'backend'; issuer: string | null; id: string }
  | { kind: 'mailbox'; mailbox: string }
  | { kind: 'staff' };

/** Throws for a text that none of the functions above has made. */
export function proofBehind(ownerKey: string): Proof {
  const mailbox = mailboxBehind(ownerKey);
  if (mailbox !== undefined) return { kind: 'mailbox', mailbox };
  if (ownerKey.startsWith(STAFF)) return { kind: 'staff' };
  const [, issuer = '', id] = /^jwt:([^:]*):(.*)$/s.exec(ownerKey) ?? [];
  if (id === undefined) throw new Error('this is no key of a proven identity');
  return { kind: 'backend', issuer: issuer === '' ? null : decodeURIComponent(issuer), id };
}

/** An address as addresses are compared: ASCII letters in small, as the index tickets_mailbox has them, and nothing else. */
export function mailboxOf(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * The names of proven identities. A ticket's `ownerKey` is one of these or nothing, so that what somebody types (a donorId, a
 * mail address) can never be taken for one, and the people of two issuers never for each other.
 */

const DELEGATED = 'jwt:';

/** Somebody whom a trusted backend knows: its `iss`, if it names one, and the id there. */
export function delegatedKey(issuer: string | undefined, id: string): string {
  return `${DELEGATED}${encodeURIComponent(issuer ?? '')}:${id}`;
}

export const isDelegatedKey = (ownerKey: string): boolean => ownerKey.startsWith(DELEGATED);

/** A member of staff who opens a ticket for themselves. */
export function staffKey(userId: number): string {
  return `staff:${userId}`;
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

/** What a ticket's row says about whose it is. */
export interface OwnerFacts {
  donorEmail: string | null;
  /** Staff have changed the address: whoever reads that mailbox has no part in what was written before. */
  donorEmailCorrected: boolean;
  ownerKey: string | null;
}

/** The proven identities that a ticket opens to: the one it was made by, and the mailbox that its donor has named. */
export function ownerKeysOf({ donorEmail, donorEmailCorrected, ownerKey }: OwnerFacts): string[] {
  const mailbox = donorEmail === null || donorEmailCorrected ? [] : [mailboxKey(donorEmail)];
  return ownerKey === null ? mailbox : [ownerKey, ...mailbox];
}

/** An address as addresses are compared: ASCII letters in small, as the index tickets_mailbox has them, and nothing else. */
export function mailboxOf(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

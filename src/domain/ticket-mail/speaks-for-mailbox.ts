import { mailboxKey, type OwnerFacts } from '../auth/owner-key.js';

/**
 * Pure: whether what was typed as the donor of this ticket may be mailed to its address. Only the reader of that mailbox may
 * speak to it: anybody can type an address, a proven one too, and then it would be our mail that carries a stranger's words.
 * The word of a trusted backend is not enough: many sites let people enter any address.
 */
export function speaksForMailbox({ ownerKey, donorEmail, donorEmailCorrected }: OwnerFacts): boolean {
  return (
    ownerKey !== null && donorEmail !== null && !donorEmailCorrected && ownerKey === mailboxKey(donorEmail)
  );
}

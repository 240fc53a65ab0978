import { DONOR_CLAIMS, type DonorClaim, type DonorProof } from '../../contract/events/event-data.js';
import { proofBehind, sameMailbox, type OwnerFacts } from '../auth/owner-key.js';

/** What a ticket says about its donor, and what somebody vouches for. */
export interface DonorFacts extends OwnerFacts {
  donorId: string;
  donorName: string | null;
  provenName: string | null;
}

/** Made by the widget: random, so that it says nothing about anybody. */
const RANDOM_ID = /^guest-[0-9a-f]{32}$/;

/** What is proven about the donor of a ticket, and by whom; null while nothing is. */
function donorProofOf({ ownerKey, provenEmail, provenName }: DonorFacts): DonorProof | null {
  if (ownerKey === null) return null;
  const proof = proofBehind(ownerKey);
  switch (proof.kind) {
    case 'mailbox':
      return { kind: 'mailbox', issuer: null, id: null, email: proof.mailbox, name: null };
    case 'backend':
      return { ...proof, email: provenEmail, name: provenName };
    case 'staff':
      return { kind: 'staff', issuer: null, id: null, email: null, name: provenName };
  }
}

/** Which of the things that a ticket says about its donor nobody vouches for. */
export function unprovenClaims(ticket: DonorFacts): DonorClaim[] {
  const proof = donorProofOf(ticket);
  const { donorId, donorEmail, donorName } = ticket;
  const idIs = proof?.kind === 'mailbox' ? sameMailbox(donorId, proof.email) : proof?.id === donorId;
  const proven: Record<DonorClaim, boolean> = {
    donorId: RANDOM_ID.test(donorId) || proof?.kind === 'staff' || idIs,
    donorEmail: donorEmail === null || sameMailbox(donorEmail, proof?.email ?? null),
    donorName: donorName === null || donorName === proof?.name,
  };
  return DONOR_CLAIMS.filter((claim) => !proven[claim]);
}

/** The badge: an identity is proven, and everything that stands beside it belongs to it. */
export function isDonorVerified(ticket: DonorFacts): boolean {
  return ticket.ownerKey !== null && unprovenClaims(ticket).length === 0;
}

/** The part of staff's view that depends on the proof. */
export function proofFacts(ticket: DonorFacts): {
  donorVerified: boolean;
  donorProof: DonorProof | null;
  donorUnproven: DonorClaim[];
} {
  return {
    donorVerified: isDonorVerified(ticket),
    donorProof: donorProofOf(ticket),
    donorUnproven: unprovenClaims(ticket),
  };
}

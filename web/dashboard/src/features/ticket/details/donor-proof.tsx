import { Text } from '@mantine/core';
import type { Ticket } from '../../../data/api.js';
import { t } from '../../../i18n/translate.js';
import { ToneBadge } from '../../../ui/tone-badge.js';

type Claim = Ticket['donorUnproven'][number];

/** What is proven about the donor, and by whom. */
export function ProofBadge({ ticket }: { readonly ticket: Ticket }) {
  const { donorProof } = ticket;
  if (donorProof === null) return <ToneBadge tone="quiet">{t('ticket.proof.guest')}</ToneBadge>;
  return (
    <ToneBadge tone="success" maw="100%">
      {wordsOf(donorProof)}
    </ToneBadge>
  );
}

/** Stands beside something that a donor with a proof has only typed: nobody vouches for it. */
export function ClaimWarning({ ticket, claim }: { readonly ticket: Ticket; readonly claim: Claim }) {
  const { donorProof, donorUnproven } = ticket;
  if (donorProof === null || !donorUnproven.includes(claim)) return null;
  const { email } = donorProof;
  return (
    <Text size="xs" c="var(--warning)" fw={600} style={{ overflowWrap: 'anywhere' }}>
      <span aria-hidden="true">⚠ </span>
      {claim === 'donorEmail' && email !== null
        ? t('ticket.proof.otherMail', { email })
        : t('ticket.proof.claimed')}
    </Text>
  );
}

function wordsOf({ kind, issuer }: NonNullable<Ticket['donorProof']>): string {
  switch (kind) {
    case 'mailbox':
      return t('ticket.proof.mailbox');
    case 'staff':
      return t('ticket.proof.staff');
    case 'backend':
      return issuer === null
        ? t('ticket.proof.backend')
        : t('ticket.proof.issuer', { issuer: hostOf(issuer) });
  }
}

/** An issuer is often an address of the site: its host says as much. */
function hostOf(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

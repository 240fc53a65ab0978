import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import type { Prisma } from '../../../platform/database/generated/client.js';
import { AuditLog } from '../../audit/audit-log.js';
import type { StaffActor } from '../../auth/actor.js';
import { proofBehind } from '../../auth/owner-key.js';
import { ticketNotFound } from '../../tickets/ticket.errors.js';
import { TicketAccess } from '../../tickets/ticket-access.service.js';
import { TicketChanges } from '../../tickets/ticket-change.js';
import { writeNotes } from '../donors.queries.js';
import type { DonorProfileResponse, DonorVerifiedResponse } from './donor-profile.dto.js';

type Tx = Pick<Prisma.TransactionClient, 'ticket'>;

/** The person of a ticket, for staff who work on it: what is known of them on all their tickets. */
@Injectable()
export class DonorProfiles {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly changes: TicketChanges,
    private readonly audit: AuditLog,
  ) {}

  /** Throws ticketNotFound, or the refusal of the policy. */
  async read(actor: StaffActor, ticketId: string): Promise<DonorProfileResponse> {
    await this.access.read(actor, ticketId, 'work');
    return profileOf(this.database, ticketId);
  }

  /**
   * Writes or removes the notes; left out, they stay. The ticket is locked meanwhile: its donor stays the same person. Throws
   * ticketNotFound, or the refusal of the policy.
   */
  async update(
    actor: StaffActor,
    ticketId: string,
    { notes }: { notes?: string | null },
  ): Promise<DonorProfileResponse> {
    const { result } = await this.changes.runFor(actor, ticketId, 'work', async ({ tx, ticket }) => {
      if (notes !== undefined && (await writeNotes(tx, ticket.donorUuid, notes)))
        await this.audit.record({ action: 'donor.noted', actor, subject: ticket.number }, tx);
      return profileOf(tx, ticketId);
    });
    return result;
  }
}

async function profileOf(tx: Tx, ticketId: string): Promise<DonorProfileResponse> {
  const found = await tx.ticket.findUnique({
    where: { id: ticketId },
    select: { donor: { include: { _count: { select: { tickets: true } } } } },
  });
  if (found === null) throw ticketNotFound();
  const { name, email, ownerKey, verifiedAt, locale, timeZone, notes, _count } = found.donor;
  const verified = ownerKey === null || verifiedAt === null ? null : verifiedBy(ownerKey, verifiedAt);
  return { name, email, verified, locale, timeZone, notes, tickets: _count.tickets };
}

function verifiedBy(ownerKey: string, at: Date): DonorVerifiedResponse {
  const proof = proofBehind(ownerKey);
  const issuer = proof.kind === 'backend' ? proof.issuer : null;
  return { by: proof.kind, issuer, at: at.toISOString() };
}

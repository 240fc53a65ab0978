import { Injectable } from '@nestjs/common';
import { derivedUuid } from '../../platform/crypto/derived-uuid.js';
import { Database } from '../../platform/database/database.service.js';
import type { DonorActor, StaffActor } from '../auth/actor.js';
import { delegatedDonor } from '../donors/sessions/donor-actor.queries.js';
import { delegatedSessionEnded } from '../auth/auth.errors.js';
import { DelegatedStaff } from './delegated-staff.js';
import type { DelegatedClaims } from './delegated-claims.js';
import { delegatedKey } from '../auth/owner-key.js';
import type { Known } from '../auth/token-readers.js';

/** Who a trusted backend says is there: its users are verified donors here, its agents and admins staff. */
@Injectable()
export class DelegatedPeople {
  constructor(
    private readonly database: Database,
    private readonly staff: DelegatedStaff,
  ) {}

  /** Returns who the claims of a verified token are about. Throws 401 with a plain reason. */
  async admit(claims: DelegatedClaims): Promise<Known> {
    const { id, role, expiresAt } = claims;
    return { actor: { ...(await this.actorOf(claims)), delegated: { id, role } }, expiresAt };
  }

  private actorOf(claims: DelegatedClaims): Promise<DonorActor | StaffActor> {
    switch (claims.role) {
      case 'AGENT':
        return this.staff.admit(claims, 'ADMIN');
      case 'ADMIN':
        return this.staff.admit(claims, 'SUPER_ADMIN');
      case 'TEMP_USER':
      case 'CUSTOMER':
        return this.donor(claims);
    }
  }

  private async donor({ id, iss, email, username, issuedAt }: DelegatedClaims): Promise<DonorActor> {
    const ownerKey = delegatedKey(iss, id);
    const donor = await delegatedDonor(this.database, {
      sessionId: sessionIdOf(ownerKey),
      ownerKey,
      donorId: id,
      email: email ?? null,
      name: username ?? null,
      issuer: iss ?? null,
      issuedAt: issuedAt === undefined ? null : new Date(issuedAt),
    });
    if (donor === undefined) throw delegatedSessionEnded();
    return donor;
  }
}

/** One session for one identity, no matter who makes it first. */
function sessionIdOf(ownerKey: string): string {
  return derivedUuid(`delegated session\n${ownerKey}`);
}

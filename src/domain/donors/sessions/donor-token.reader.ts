import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { findDonor } from './donor-actor.queries.js';
import { tokenInvalid } from '../../auth/auth.errors.js';
import { DONOR_TOKEN } from './donor-token.js';
import { hashToken } from '../../auth/opaque-token.js';
import { TokenReaders, type Known, type OpaqueTokenReader } from '../../auth/token-readers.js';

/** Reads the tokens of donor sessions. */
@Injectable()
export class DonorTokenReader implements OpaqueTokenReader, OnModuleInit {
  readonly kind = 'opaque';

  constructor(
    private readonly database: Database,
    private readonly readers: TokenReaders,
  ) {}

  onModuleInit(): void {
    this.readers.register(this);
  }

  recognizes(token: string): boolean {
    return DONOR_TOKEN.test(token);
  }

  async read(token: string): Promise<Known> {
    const donor = await findDonor(this.database, hashToken(token));
    if (donor === undefined) throw tokenInvalid();
    return { actor: donor.actor, expiresAt: donor.expiresAt?.getTime() ?? Infinity };
  }
}

import { createSecretKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.service.js';
import { ACCESS_TOKEN_ALGORITHM, isAccessToken, readAccessClaims } from './access-tokens.js';
import { findStaff } from './staff-actor.queries.js';
import { TokenRevoked } from '../../auth/auth.errors.js';
import { decodeToken, hasCriticalHeader, type TokenClaims } from '../../auth/signed-token.js';
import {
  TokenReaders,
  type Known,
  type SignedTokenReader,
  type TokenSigner,
} from '../../auth/token-readers.js';

/** Reads the access tokens of staff. */
@Injectable()
export class StaffTokenReader implements SignedTokenReader, OnModuleInit {
  readonly kind = 'signed';
  private readonly key: KeyObject;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly readers: TokenReaders,
  ) {
    this.key = createSecretKey(config.secrets.jwt, 'utf8');
  }

  onModuleInit(): void {
    this.readers.register(this);
  }

  recognizes(token: string): boolean {
    const unverified = decodeToken(token);
    return unverified !== undefined && isAccessToken(unverified);
  }

  signerOf(token: string): TokenSigner | undefined {
    const unverified = decodeToken(token);
    if (unverified?.header['alg'] !== ACCESS_TOKEN_ALGORITHM || hasCriticalHeader(unverified))
      return undefined;
    return { key: this.key, admit: (claims) => this.admit(claims) };
  }

  private async admit(payload: TokenClaims): Promise<Known> {
    const claims = readAccessClaims(payload);
    const staff = await findStaff(this.database, claims, this.config.totpRequiredRoles);
    if (staff === undefined) throw new TokenRevoked(claims.sub);
    return { actor: staff, expiresAt: claims.exp * 1_000 };
  }
}

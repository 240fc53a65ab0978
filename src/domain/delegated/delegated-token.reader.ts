import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { isAccessToken } from '../staff/sessions/access-tokens.js';
import { readDelegatedClaims } from './delegated-claims.js';
import { keyBehind } from './delegated-key.js';
import { DelegatedPeople } from './delegated-people.js';
import { decodeToken } from '../auth/signed-token.js';
import { TokenReaders, type SignedTokenReader, type TokenSigner } from '../auth/token-readers.js';

/** Reads the tokens that a trusted backend signs for its own users. */
@Injectable()
export class DelegatedTokenReader implements SignedTokenReader, OnModuleInit {
  readonly kind = 'signed';

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly people: DelegatedPeople,
    private readonly readers: TokenReaders,
  ) {}

  onModuleInit(): void {
    this.readers.register(this);
  }

  /** Every signed token that does not say that it is one of ours. */
  recognizes(token: string): boolean {
    const unverified = decodeToken(token);
    return unverified !== undefined && !isAccessToken(unverified);
  }

  signerOf(token: string): TokenSigner | undefined {
    const { delegated } = this.config;
    const by = keyBehind(token, delegated.keys);
    if (by === undefined) return undefined;
    return {
      key: by.key,
      admit: async (claims) => this.people.admit(readDelegatedClaims(claims, by, delegated)),
    };
  }
}

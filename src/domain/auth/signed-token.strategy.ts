import type { KeyObject } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-jwt';
import { ActorResolver, bearerOf } from './actor-resolver.js';
import { tokenInvalid } from './auth.errors.js';
import { SIGNATURE_ONLY, type TokenClaims } from './signed-token.js';
import { registryOf, unregister, type StrategyRegistry } from './strategy-registry.js';
import { TokenReaders, type TokenActor, type TokenSigner } from './token-readers.js';

/** All options of the library that verifies; passport-jwt has some of them as options of its own, with defaults. */
const VERIFICATION = {
  algorithms: SIGNATURE_ONLY.algorithms,
  ignoreExpiration: SIGNATURE_ONLY.ignoreExpiration,
  jsonWebTokenOptions: SIGNATURE_ONLY,
};

/** The signers whose keys verify the tokens of requests under way: passport-jwt hands claims on without saying who signed them. */
const signers = new WeakMap<Request, TokenSigner>();

/** Authenticates HTTP requests that bring a signed token: passport-jwt verifies it with the key that the token's reader picks. */
@Injectable()
export class SignedTokenStrategy extends PassportStrategy(Strategy) implements OnApplicationShutdown {
  constructor(
    private readonly resolver: ActorResolver,
    private readonly readers: TokenReaders,
  ) {
    super({
      jwtFromRequest: (request: Request) => bearerOf(request) ?? null,
      secretOrKeyProvider: (request: Request, token: string, done) => {
        const signer = readers.signedReaderOf(token)?.signerOf(token);
        if (signer === undefined) {
          done(tokenInvalid());
          return;
        }
        signers.set(request, signer);
        // The library takes key objects, which its types do not tell.
        done(null, signer.key as KeyObject & Buffer);
      },
      ...VERIFICATION,
      passReqToCallback: true,
    });
  }

  override authenticate(request: Request, options?: object): void {
    const holder = this.rememberedHolder(bearerOf(request));
    if (holder === undefined) super.authenticate(request, options);
    else this.success(holder);
  }

  async validate(request: Request, claims: TokenClaims): Promise<TokenActor> {
    const [token, signer] = [bearerOf(request), signers.get(request)];
    if (token === undefined || signer === undefined) throw tokenInvalid();
    return (await this.resolver.holderOf(token, () => signer.admit(claims))).actor;
  }

  /** A signature that was verified within the last seconds is not verified again. Memory knows opaque tokens too. */
  private rememberedHolder(token: string | undefined): TokenActor | undefined {
    if (token === undefined || this.readers.opaqueReaderOf(token) !== undefined) return undefined;
    return this.resolver.remembered(token);
  }

  /** Called by PassportStrategy. */
  getPassportInstance(): StrategyRegistry {
    return registryOf('signed token');
  }

  /** The HTTP server has closed by now. */
  onApplicationShutdown(): void {
    unregister(this);
  }
}

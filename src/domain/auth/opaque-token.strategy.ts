import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import passport from 'passport';
import { ActorResolver, bearerOf } from './actor-resolver.js';
import { registryOf, unregister, type StrategyRegistry } from './strategy-registry.js';
import { TokenReaders, type TokenActor } from './token-readers.js';

type Verify = (token: string, done: (error: unknown, holder: TokenActor | null) => void) => void;

/** Takes the bearer token from a request (RFC 6750 §2.1) and leaves tokens that it does not recognize to the next strategy. */
class BearerStrategy extends passport.Strategy {
  override name = 'bearer';

  constructor(
    private readonly recognizes: (token: string) => boolean,
    private readonly verify: Verify,
  ) {
    super();
  }

  override authenticate(request: Request): void {
    const token = bearerOf(request);
    if (token === undefined || !this.recognizes(token)) {
      this.fail();
      return;
    }
    this.verify(token, (error, holder) => {
      if (holder === null) this.error(error);
      else this.success(holder);
    });
  }
}

/** Authenticates HTTP requests that bring a random token. */
@Injectable()
export class OpaqueTokenStrategy extends PassportStrategy(BearerStrategy) implements OnApplicationShutdown {
  constructor(
    private readonly resolver: ActorResolver,
    readers: TokenReaders,
  ) {
    super((token) => readers.opaqueReaderOf(token) !== undefined);
  }

  async validate(token: string): Promise<TokenActor> {
    return (await this.resolver.holderOf(token)).actor;
  }

  /** Called by PassportStrategy. */
  getPassportInstance(): StrategyRegistry {
    return registryOf('opaque token');
  }

  /** The HTTP server has closed by now. */
  onApplicationShutdown(): void {
    unregister(this);
  }
}

import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Database } from '../../platform/database/database.service.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { addressKey } from '../../platform/http/client-address.js';
import { AccessTokens } from './access-tokens.js';
import type { DonorActor, LinkActor, StaffActor } from './actor.js';
import { findDonor, findStaff } from './actor.queries.js';
import './auth.events.js';
import { notBefore, tokenInvalid, tokenMalformed, TokenRevoked } from './auth.errors.js';
import { DelegatedPeople } from './delegated-people.js';
import { DONOR_TOKEN } from './donor-token.js';
import { hashToken } from './opaque-token.js';

/** A revocation elsewhere takes effect here within this time (ms); with the promise of 5 s there is room to spare. */
const MAX_STALE = 3_000;
const MOST_IDENTITIES = 10_000;
const MAX_TOKEN_LENGTH = 4_096;

type TokenActor = StaffActor | DonorActor;

/** Who holds a token, and when it ends. */
export interface Known {
  actor: TokenActor;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

type Cache = LRUCache<string, Known>;

/** Says who holds a token. Remembers the answer for at most 3 s, and not beyond a revocation in this process. */
@Injectable()
export class ActorResolver implements OnModuleDestroy {
  private cache: Cache = this.emptyCache();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    @Inject(CONFIG) private readonly config: Config,
    private readonly delegated: DelegatedPeople,
    bus: EventBus,
  ) {
    this.unsubscribe = bus.on('identity.revoked', () => {
      this.cache = this.emptyCache();
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /** Throws 401 with a plain reason for everything but a live staff, donor or delegated token that may be used at once. */
  async fromBearer(token: string): Promise<TokenActor> {
    return (await this.known(token)).actor;
  }

  /** The same without looking into memory: for what outlives the token, which must not begin after a revocation. */
  async fromBearerAfresh(token: string): Promise<TokenActor> {
    return (await this.identify(token)).actor;
  }

  /** The same, and when the token ends. */
  async known(token: string): Promise<Known> {
    const known = await this.holderOf(token);
    const { actor } = known;
    if (actor.kind === 'staff' && actor.mustFirst !== undefined) throw notBefore(actor.mustFirst);
    return known;
  }

  /** The bearer of the Authorization header, also one who must do something else first; without one, whoever is behind that address. */
  async fromRequest(request: Request): Promise<TokenActor | LinkActor> {
    const token = bearerOf(request);
    return token === undefined ? linkActor(request) : (await this.holderOf(token)).actor;
  }

  private async holderOf(token: string): Promise<Known> {
    if (token === '' || token.length > MAX_TOKEN_LENGTH) throw tokenInvalid();
    const cache = this.cache;
    const known = await cache.fetch(token);
    if (known === undefined) throw tokenInvalid();
    // A revocation came while we were asking: ask again.
    return cache === this.cache ? known : this.holderOf(token);
  }

  private emptyCache(): Cache {
    return new LRUCache<string, Known>({
      max: MOST_IDENTITIES,
      ttl: MAX_STALE,
      // A flood of tokens may push a lookup out of the cache, but not cancel it.
      ignoreFetchAbort: true,
      fetchMethod: async (token, _stale, { options }) => {
        const known = await this.identify(token);
        options.ttl = Math.max(1, Math.min(MAX_STALE, known.expiresAt - Date.now()));
        return known;
      },
    });
  }

  private async identify(token: string): Promise<Known> {
    if (DONOR_TOKEN.test(token)) {
      const donor = await findDonor(this.database, hashToken(token));
      if (donor === undefined) throw tokenInvalid();
      return { actor: donor.actor, expiresAt: donor.expiresAt?.getTime() ?? Infinity };
    }
    if (!this.tokens.claims(token)) return this.delegated.identify(token);
    const claims = this.tokens.verify(token);
    const staff = await findStaff(this.database, claims, this.config.totpRequiredRoles);
    if (staff === undefined) throw new TokenRevoked(claims.sub);
    return { actor: staff, expiresAt: claims.exp * 1000 };
  }
}

/** The token of the Authorization header, if there is one. Throws 401 for a header of another form. */
export function bearerOf(request: Request): string | undefined {
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const [, token] = /^Bearer +(\S+) *$/i.exec(header) ?? [];
  if (token === undefined) throw tokenMalformed();
  return token;
}

/** Somebody without a token. Sockets and HTTP, limits and logs know them by one address. */
export function linkActor(request: Request): LinkActor {
  const ip = request.ip ?? 'unknown';
  return { kind: 'link', key: addressKey(request.ip), ip };
}

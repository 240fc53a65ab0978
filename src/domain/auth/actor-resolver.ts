import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import { EventBus } from '../../platform/events/event-bus.js';
import { addressKey } from '../../platform/http/security/client-address.js';
import type { LinkActor } from './actor.js';
import './auth.events.js';
import { notBefore, tokenInvalid, tokenMalformed } from './auth.errors.js';
import { TokenReaders, type Known, type TokenActor } from './token-readers.js';

/** A revocation elsewhere takes effect here within this time (ms); with the promise of 5 s there is room to spare. */
const MAX_STALE = 3_000;
const MOST_IDENTITIES = 10_000;

type Read = () => Promise<Known>;
type Cache = LRUCache<string, Known, Read>;

/** Says who holds a token. Remembers the answer for at most 3 s, and not beyond a revocation in this process. */
@Injectable()
export class ActorResolver implements OnModuleDestroy {
  private cache = emptyCache();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly readers: TokenReaders,
    bus: EventBus,
  ) {
    this.unsubscribe = bus.on('identity.revoked', () => {
      this.cache = emptyCache();
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
    return (await this.readers.read(token)).actor;
  }

  /** The same, and when the token ends. */
  async known(token: string): Promise<Known> {
    const known = await this.holderOf(token);
    const { actor } = known;
    if (actor.kind === 'staff' && actor.mustFirst !== undefined) throw notBefore(actor.mustFirst);
    return known;
  }

  /** Returns who held the token within the last seconds, if that is known. */
  remembered(token: string): TokenActor | undefined {
    return this.cache.get(token)?.actor;
  }

  /**
   * Returns who holds a token, also one who must do something else first. `read` finds out where memory does not know; requests
   * that come meanwhile wait for the same answer.
   */
  async holderOf(token: string, read: Read = () => this.readers.read(token)): Promise<Known> {
    const cache = this.cache;
    const known = await cache.fetch(token, { context: read });
    if (known === undefined) throw tokenInvalid();
    // A revocation came while we were asking: ask again.
    return cache === this.cache ? known : this.holderOf(token, read);
  }
}

function emptyCache(): Cache {
  return new LRUCache<string, Known, Read>({
    max: MOST_IDENTITIES,
    ttl: MAX_STALE,
    // A flood of tokens may push a lookup out of the cache, but not cancel it.
    ignoreFetchAbort: true,
    fetchMethod: async (_token, _stale, { options, context: read }) => {
      const known = await read();
      options.ttl = Math.max(1, Math.min(MAX_STALE, known.expiresAt - Date.now()));
      return known;
    },
  });
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

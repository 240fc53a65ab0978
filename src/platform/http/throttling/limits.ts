import { Inject, Injectable } from '@nestjs/common';
import { ThrottlerStorage } from '@nestjs/throttler';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../security/principal.js';
import type { LimitName } from './limit.decorator.js';
import { LocalLimitStorage, type LimitRecord } from './local-limit-storage.js';

const MINUTE_MS = 60_000;

/** What one hit left of a limit. */
export interface LimitState extends LimitRecord {
  limit: number;
}

type Caller = Pick<Principal, 'kind' | 'key' | 'delegated'>;

/** The limits of LIMIT_*, a minute and caller. HTTP counts through the guard; sockets call `spend` and share the count. */
@Injectable()
export class Limits {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ThrottlerStorage) private readonly storage: ThrottlerStorage,
  ) {}

  /** Counts one hit; staff always fall under `staff`. Answers at once where this process counts alone. */
  count(name: LimitName, who: Caller): LimitState | Promise<LimitState> {
    const chosen = bucketOf(name, who);
    const limit = this.config.limits[chosen === 'conversations' ? 'messages' : chosen];
    const key = `${chosen}:${who.key}`;
    const { storage } = this;
    if (storage instanceof LocalLimitStorage) return { ...storage.hit(key, MINUTE_MS, limit), limit };
    return storage.increment(key, MINUTE_MS, limit, 0, chosen).then((record) => ({ ...record, limit }));
  }

  /** Counts one hit, and throws RATELIMIT when there are none left. */
  async spend(name: LimitName, who: Caller): Promise<void> {
    const state = await this.count(name, who);
    if (state.isBlocked) throw rateLimited(state);
  }
}

function bucketOf(name: LimitName, { kind, delegated }: Caller): LimitName {
  if (kind === 'staff') return 'staff';
  return name === 'conversations' && delegated === undefined ? 'reads' : name;
}

/** 429; the wording is part of the contract with older clients. */
export function rateLimited({ limit, timeToBlockExpire }: LimitState): DomainError {
  return new DomainError({
    code: 'RATELIMIT',
    status: 429,
    message: `You are being ratelimited, only ${limit} requests are allowed`,
    retryAfter: Math.max(1, timeToBlockExpire),
  });
}

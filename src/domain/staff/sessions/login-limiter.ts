import { Inject, Injectable } from '@nestjs/common';
import { normalizeIp, ThrottlerStorage } from '@nestjs/throttler';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { Limits, rateLimited } from '../../../platform/http/throttling/limits.js';

const MINUTE_MS = 60_000;
/** An account may be tried from several places at once: this many times as often as LIMIT_LOGINS lets one address try. */
const ACCOUNT_FACTOR = 4;

/** Slows down guessing beyond what the route's own limit by address does. Counts attempts, so parallel ones count too. */
@Injectable()
export class LoginLimiter {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ThrottlerStorage) private readonly storage: ThrottlerStorage,
    private readonly limits: Limits,
  ) {}

  /**
   * One more try of this account's password. Throws 429, unless `isFamiliar` says that somebody has signed in to it from
   * the caller's address before: strangers must not be able to lock out the owner.
   */
  async countAccount(username: string, isFamiliar: () => Promise<boolean>): Promise<void> {
    const limit = this.config.limits.logins * ACCOUNT_FACTOR;
    const record = await this.storage.increment(`account:${username}`, MINUTE_MS, limit, 0, 'account');
    if (record.isBlocked && !(await isFamiliar())) throw rateLimited({ ...record, limit });
  }

  /** One more code for this account's second factor. Throws 429 for everybody: anyone who gets here knows the password. */
  async countSecondFactor(userId: number): Promise<void> {
    const limit = this.config.limits.logins;
    const record = await this.storage.increment(`totp:${userId}`, MINUTE_MS, limit, 0, 'totp');
    if (record.isBlocked) throw rateLimited({ ...record, limit });
  }

  /** One more use of a refresh cookie from this address, which a whole office may share. Throws 429. */
  async countCookie(ip: string): Promise<void> {
    await this.limits.spend('staff', { kind: 'link', key: `cookie:${normalizeIp(ip)}` });
  }
}

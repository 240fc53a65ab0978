import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { compare, hash } from 'bcrypt';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { unavailable } from '../../platform/http/domain-error.js';
import { composedPassword, MAX_PASSWORD_BYTES } from './password.policy.js';

const COST = 12;
const COST_IN_TESTS = 4;

/** Each hash keeps a thread busy for about 200 ms; more at once would starve file and DNS work. */
const AT_ONCE = 2;
const WAITING = 50;

type Environment = Pick<Config, 'environment'>;

/** bcrypt hash of a password that policy has accepted. */
export function hashPassword(password: string, { environment }: Environment): Promise<string> {
  return hash(composedPassword(password), environment === 'test' ? COST_IN_TESTS : COST);
}

/** Hashes and compares passwords, a few at a time; answers 503 when too many wait. */
@Injectable()
export class Passwords {
  private readonly gate = bulkhead(AT_ONCE, WAITING);
  private readonly nobodys: Promise<string>;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.nobodys = hashPassword(randomBytes(24).toString('base64'), config);
  }

  async hash(password: string): Promise<string> {
    return this.queued(() => hashPassword(password, this.config));
  }

  /**
   * False, after the same time, also when there is no hash or the password is longer than bcrypt reads. Earlier versions have
   * hashed what was typed, so a password that is not composed is compared as it is, too.
   */
  async matches(password: string, stored: string | null | undefined): Promise<boolean> {
    const composed = composedPassword(password);
    if (await this.equals(composed, stored)) return true;
    return composed !== password && this.equals(password, stored);
  }

  private async equals(password: string, stored: string | null | undefined): Promise<boolean> {
    const comparable = typeof stored === 'string' && Buffer.byteLength(password) <= MAX_PASSWORD_BYTES;
    const against = comparable ? stored : await this.nobodys;
    const equal = await this.queued(() => compare(password, against));
    return comparable && equal;
  }

  private async queued<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.gate.execute(work);
    } catch (error) {
      if (error instanceof BulkheadRejectedError)
        throw unavailable('Many people are signing in. Try again in a moment.');
      throw error;
    }
  }
}

import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { compare, hash } from 'bcrypt';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { unavailable } from '../../../platform/http/errors/domain-error.js';
import { MAX_PASSWORD_BYTES, storedForm } from './password.policy.js';

const COST = 12;
const COST_IN_TESTS = 4;

/** Each hash keeps a thread busy for about 200 ms; more at once would starve file and DNS work. */
const AT_ONCE = 2;
const WAITING = 50;

type Environment = Pick<Config, 'environment'>;

/** bcrypt hash of a password that policy has accepted, in one form whatever keyboard it was typed on. */
export function hashPassword(password: string, { environment }: Environment): Promise<string> {
  return hash(storedForm(password), environment === 'test' ? COST_IN_TESTS : COST);
}

/** Hashes and compares passwords, a few at a time; answers 503 when too many wait. */
@Injectable()
export class Passwords {
  private readonly gate = bulkhead(AT_ONCE, WAITING);
  private readonly dummyHash: Promise<string>;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.dummyHash = hashPassword(randomBytes(24).toString('base64'), config);
  }

  async hash(password: string): Promise<string> {
    return this.queued(() => hashPassword(password, this.config));
  }

  /**
   * False, after the same time, also when there is no hash or the password is longer than bcrypt reads. Hashes that are older
   * than `storedForm` were made of what was typed. How often it compares depends on the password alone.
   */
  async matches(password: string, stored: string | null | undefined): Promise<boolean> {
    const against = stored ?? (await this.dummyHash);
    let equal = false;
    for (const form of formsOf(password)) {
      const comparable = Buffer.byteLength(form) <= MAX_PASSWORD_BYTES;
      const same = await this.queued(() => compare(form, against));
      equal ||= same && comparable;
    }
    return equal && typeof stored === 'string';
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

/** What may have been hashed when this password was set: mostly one text, so that sign-in costs one comparison. */
function formsOf(password: string): Set<string> {
  return new Set([storedForm(password), password, password.normalize('NFC')]);
}

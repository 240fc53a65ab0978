import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/http/errors/domain-error.js';
import { Limits } from '../../platform/http/throttling/limits.js';
import type { LinkActor } from './actor.js';

/**
 * Bounds how many tokens that open nothing one address may bring: they are refused before any other limit counts. As many as
 * one member of staff may send requests, because a whole office can come back with expired tokens behind one address.
 */
@Injectable()
export class BadTokens {
  constructor(private readonly limits: Limits) {}

  /** Does what finds out who holds a token. Throws 429 instead of 401 once there were too many. */
  async bound<T>(who: () => LinkActor, identify: () => Promise<T>): Promise<T> {
    try {
      return await identify();
    } catch (error) {
      if (error instanceof DomainError && error.status === 401)
        await this.limits.spend('staff', { kind: 'link', key: `token:${who().key}` });
      throw error;
    }
  }
}

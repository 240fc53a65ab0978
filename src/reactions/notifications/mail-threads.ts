import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';

const KEY_BYTES = 32;
const NAME_BYTES = 16;

/**
 * Names the thread of a ticket's emails, for References and In-Reply-To. Mail travels through many hands, and to addresses that
 * anybody may have typed, so the name is one that nobody can turn back into the ticket's id.
 */
@Injectable()
export class MailThreads {
  readonly #key: Buffer;

  constructor(@Inject(CONFIG) { secrets }: Pick<Config, 'secrets'>) {
    this.#key = Buffer.from(hkdfSync('sha256', secrets.encryption, '', 'mail threads', KEY_BYTES));
  }

  of(ticketId: string): string {
    const digest = createHmac('sha256', this.#key).update(ticketId).digest();
    return `thread-${digest.subarray(0, NAME_BYTES).toString('hex')}`;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { OpaqueNames } from '../../platform/crypto/opaque-names.js';

const NAME_BYTES = 16;

/**
 * Names the thread of a ticket's emails, for References and In-Reply-To. Mail travels through many hands, and to addresses that
 * anybody may have typed, so the name is one that nobody can turn back into the ticket's id.
 */
@Injectable()
export class MailThreads {
  readonly #names: OpaqueNames;

  constructor(@Inject(CONFIG) { secrets }: Pick<Config, 'secrets'>) {
    this.#names = new OpaqueNames(secrets.encryption, 'mail threads', NAME_BYTES);
  }

  referenceTo(ticketId: string): string {
    return `thread-${this.#names.nameFor(ticketId)}`;
  }
}

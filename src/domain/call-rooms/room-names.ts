import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';

const KEY_BYTES = 32;
const NAME_BYTES = 20;

/**
 * Names of rooms. Vendors, the address of the call page and their logs see them, so they say nothing of the call: only this
 * server can derive a name, and nobody a call's id from it. The same call has the same name wherever it is asked for, so that
 * starts that race, and retries after a crash, meet in one room.
 */
@Injectable()
export class RoomNames {
  readonly #key: Buffer;

  constructor(@Inject(CONFIG) { secrets }: Pick<Config, 'secrets'>) {
    this.#key = Buffer.from(hkdfSync('sha256', secrets.encryption, '', 'room names', KEY_BYTES));
  }

  of(callId: string): string {
    const digest = createHmac('sha256', this.#key).update(callId).digest();
    return `room-${digest.subarray(0, NAME_BYTES).toString('hex')}`;
  }
}

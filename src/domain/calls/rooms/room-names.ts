import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { OpaqueNames } from '../../../platform/crypto/opaque-names.js';

const NAME_BYTES = 20;

/**
 * Names of rooms. Vendors, the address of the call page and their logs see them, so they say nothing of the call: only this
 * server can derive a name, and nobody a call's id from it. The same call has the same name wherever it is asked for, so that
 * starts that race, and retries after a crash, meet in one room.
 */
@Injectable()
export class RoomNames {
  readonly #names: OpaqueNames;

  constructor(@Inject(CONFIG) { secrets }: Pick<Config, 'secrets'>) {
    this.#names = new OpaqueNames(secrets.encryption, 'room names', NAME_BYTES);
  }

  nameFor(callId: string): string {
    return `room-${this.#names.nameFor(callId)}`;
  }
}

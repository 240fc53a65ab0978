import { createHmac, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/**
 * Names for ids that may be keys: the same id has the same name wherever it is asked for, and nobody without the secret can
 * derive a name or turn one back. HMAC-SHA256 (RFC 2104), cut to `bytes`, under a key of its own for each purpose by
 * HKDF-SHA256 (RFC 5869).
 */
export class OpaqueNames {
  readonly #key: Buffer;

  constructor(
    secret: string,
    purpose: string,
    private readonly bytes: number,
  ) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
  }

  /** Hexadecimal, two letters a byte. */
  nameFor(id: string): string {
    return createHmac('sha256', this.#key).update(id).digest().subarray(0, this.bytes).toString('hex');
  }
}

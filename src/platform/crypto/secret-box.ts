import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;

/** What was sealed with another key, for another purpose, or was changed since. */
export class SealBroken extends Error {
  constructor() {
    super('This sealed value cannot be opened: it was changed, or sealed under another ENCRYPTION_KEY.');
  }
}

/**
 * Encrypts short texts at rest (AES-256-GCM, NIST SP 800-38D, random 96-bit nonces). Each purpose has a key of its own,
 * derived by HKDF-SHA256 (RFC 5869), so a value sealed for one cannot be opened for another.
 */
export class SecretBox {
  private readonly key: Buffer;

  constructor(secret: string, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', `concierge ${purpose}`, KEY_BYTES));
  }

  /** base64url of version, nonce, tag and ciphertext. */
  seal(text: string): string {
    return this.sealBytes(text).toString('base64url');
  }

  /** Throws SealBroken. */
  open(sealed: string): string {
    return this.openBytes(Buffer.from(sealed, 'base64url'));
  }

  sealBytes(text: string): Buffer<ArrayBuffer> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
  }

  /** Throws SealBroken. */
  openBytes(sealed: Uint8Array): string {
    if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== VERSION) throw new SealBroken();
    const body = 1 + NONCE_BYTES + TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, this.key, sealed.subarray(1, 1 + NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, body));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(body)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw Object.assign(new SealBroken(), { cause });
    }
  }
}

import { Secret, TOTP } from 'otpauth';
import { readableSecret } from '../../../platform/crypto/readable-secret.js';

const PERIOD_S = 30;
/** 160 bits, as RFC 4226 §4 asks. */
const SECRET_BYTES = 20;
/** A code also counts for one step before and after its own: clocks differ, and typing takes time (RFC 6238 §5.2). */
const WINDOW = 1;
const RECOVERY_CODES = 10;
/** Three groups of five: about 74 bits. */
const RECOVERY_GROUPS = 3;

/** A new secret in base32, as authenticator apps take it. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The `otpauth://` address that a QR code carries to the app, which shows the entry by `issuer` and `username`. */
export function totpUri(secret: string, { issuer, username }: { issuer: string; username: string }): string {
  return totp(secret, { issuer, label: username }).toString();
}

/** The time step whose code this is, if it is one of those that count now; `now` in milliseconds. */
export function stepOfCode(secret: string, code: string, now = Date.now()): number | undefined {
  const delta = totp(secret).validate({ token: code, window: WINDOW, timestamp: now });
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_S) + delta;
}

/** Ways in without the app, each for one use. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => readableSecret(RECOVERY_GROUPS));
}

/** What counts of a code that somebody typed: no blanks, dashes or invisible marks, small letters, ASCII digits. */
export function plainCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .toLowerCase();
}

/** Keyboards of many scripts have digits of their own. Unicode keeps them in runs of ten, from zero to nine. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

export const isTotpCode = (plain: string): boolean => /^\d{6}$/.test(plain);

function totp(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...names, secret: Secret.fromBase32(secret), period: PERIOD_S });
}

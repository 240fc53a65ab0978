import { z } from 'zod';
import { isEmailAddress } from '../../contract/email-address.js';
import { BACKEND_ROLES, type DelegatedRole } from '../../contract/roles.js';
import { isWellFormed, showsSomething } from '../../contract/text.js';
import { LIMITS } from '../../contract/ticket-fields.js';
import type { Config } from '../../platform/config/config.js';
import type { DelegatedKey } from '../../platform/config/delegated-keys.js';
import { hasLength, isOneLine, tidy } from '../../platform/http/validation/text.decorator.js';
import { CLOCK_SKEW } from '../auth/clock-skew.js';
import { delegatedTokenInvalid, tokenExpired } from '../auth/auth.errors.js';
import type { TokenClaims } from '../auth/signed-token.js';

const DAY = 24 * 3600;
/** Seconds that a token without `exp` lives. */
const LIFE_WITHOUT_EXP = DAY;
/** Days from its issue that a token may live. */
const MOST_DAYS = 30;
/** As seconds this is the year 5138, as milliseconds 1973. */
const SURELY_MILLISECONDS = 1e11;

const absent = (value: unknown): unknown => (value === null || value === '' ? undefined : value);
/** Ids, as they were sent. PostgreSQL keeps neither NUL nor half a surrogate pair. */
const text = (most: number) =>
  z.string().refine((value) => hasLength(value, 1, most) && !value.includes('\0') && isWellFormed(value));
/** Under the rules of names that people give here: one visible line, composed. Its length is looked at first. */
const name = z
  .string()
  .max(2 * LIMITS.name)
  .refine(isWellFormed)
  .transform(tidy)
  .refine((value) => hasLength(value, 1, LIMITS.name) && showsSomething(value) && isOneLine(value));

const claimsSchema = z.object({
  id: z.union([z.string(), z.int().transform(String)]).pipe(text(LIMITS.donorId)),
  role: z.enum(BACKEND_ROLES),
  username: z.preprocess(absent, name.optional()),
  email: z.preprocess(absent, z.string().max(LIMITS.email).transform(tidy).refine(isEmailAddress).optional()),
  iss: z.preprocess(absent, text(100).optional()),
});

const FAULTS: Record<string, string> = {
  id: `This token has no id: a text of at most ${LIMITS.donorId} characters, or a whole number.`,
  role: `The role of this token is not known: use ${BACKEND_ROLES.join(', ')}.`,
  username: `The username of this token must be one visible line of at most ${LIMITS.name} characters.`,
  email: 'The email of this token is not an email address.',
  iss: 'The issuer of this token must be a text of at most 100 characters.',
};

/** The payload, and when the token was issued and ends, in ms since the epoch. */
export interface DelegatedClaims {
  id: string;
  role: DelegatedRole;
  username?: string | undefined;
  email?: string | undefined;
  iss?: string | undefined;
  /** `iat`, when the token has one: without it a token is older than any that has. */
  issuedAt?: number | undefined;
  expiresAt: number;
}

/**
 * Returns what a token says whose signature the key `by` has made; who holds a key speaks for its issuer alone. Throws 401, saying
 * what is wrong: nobody hears it who does not hold a key.
 */
export function readDelegatedClaims(
  payload: TokenClaims,
  by: DelegatedKey,
  { keys, audience }: Config['delegated'],
): DelegatedClaims {
  assertRegisteredClaims(payload, by.issuer, audience);
  const life = lifeOf(payload);
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) {
    const [claim] = claims.error.issues[0]?.path ?? [];
    throw delegatedTokenInvalid(FAULTS[String(claim)] ?? 'The claims of this token cannot be read.');
  }
  const { role, iss } = claims.data;
  if (!by.roles.includes(role))
    throw delegatedTokenInvalid(
      `The key of this token may sign ${by.roles.join(', ')}, not ${role}. DELEGATED_ROLES decides that.`,
    );
  if (iss === undefined && keys.length > 1)
    throw delegatedTokenInvalid('This token must name its issuer (iss): several keys are trusted here.');
  return { ...claims.data, ...life };
}

/** `iss`, `aud` and `nbf` (RFC 7519 §4.1). Throws 401. */
function assertRegisteredClaims(
  { iss, aud, nbf }: TokenClaims,
  issuer: string | undefined,
  audience: string | undefined,
): void {
  if (issuer !== undefined && iss !== issuer)
    throw delegatedTokenInvalid('This token must name the issuer (iss) that its key speaks for.');
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (audience !== undefined && !audiences.includes(audience))
    throw delegatedTokenInvalid('This token is meant for another audience than DELEGATED_AUDIENCE.');
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= Date.now() / 1_000 + CLOCK_SKEW))
    throw delegatedTokenInvalid('This token is not valid yet. Its nbf is in seconds since 1970.');
}

/** From `iat` to `exp`; without that a day, and without `iat` as long as a token may live from now. */
function lifeOf(payload: TokenClaims): Pick<DelegatedClaims, 'issuedAt' | 'expiresAt'> {
  const [exp, iat] = [secondsOf(payload['exp']), secondsOf(payload['iat'])];
  const now = Date.now() / 1_000;
  if (iat !== undefined && iat > now + CLOCK_SKEW)
    throw delegatedTokenInvalid(
      'This token was issued in the future. Check the clock of the server that signs.',
    );
  const end = endOf(exp, iat);
  if (end > (iat ?? now + CLOCK_SKEW) + MOST_DAYS * DAY)
    throw delegatedTokenInvalid(
      `This token lives too long: exp, in seconds since 1970, must be within ${MOST_DAYS} days.`,
    );
  if (end + CLOCK_SKEW <= now) throw tokenExpired();
  return { issuedAt: iat === undefined ? undefined : iat * 1_000, expiresAt: (end + CLOCK_SKEW) * 1_000 };
}

/** A time as claims have it; nothing for a claim that is missing. Throws 401 for anything else. */
function secondsOf(claim: unknown): number | undefined {
  if (claim === undefined) return undefined;
  if (typeof claim !== 'number')
    throw delegatedTokenInvalid('exp, iat and nbf of a token must be whole seconds.');
  if (claim >= SURELY_MILLISECONDS)
    throw delegatedTokenInvalid(
      'exp and iat of a token are in seconds since 1970; this token has milliseconds.',
    );
  return claim;
}

function endOf(exp: number | undefined, iat: number | undefined): number {
  if (exp !== undefined) return exp;
  if (iat === undefined)
    throw delegatedTokenInvalid('This token says neither when it ends (exp) nor when it was issued (iat).');
  return iat + LIFE_WITHOUT_EXP;
}

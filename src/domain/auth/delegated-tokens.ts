import { Inject, Injectable } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { isEmailAddress } from '../../contract/email-address.js';
import { DELEGATED_ROLES, type DelegatedRole } from '../../contract/roles.js';
import { isWellFormed } from '../../contract/text.js';
import { LIMITS } from '../../contract/ticket-fields.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { tidy } from '../../platform/http/text.decorator.js';
import { CLOCK_SKEW } from './clock-skew.js';
import { delegatedTokenInvalid, tokenExpired } from './auth.errors.js';

/** Seconds that a token without `exp` lives. */
const LONGEST_LIFE = 24 * 3600;

const absent = (value: unknown): unknown => (value === null || value === '' ? undefined : value);
/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((value) => !value.includes('\0') && isWellFormed(value));

const claimsSchema = z.object({
  id: z.union([z.string(), z.int().transform(String)]).pipe(text(LIMITS.donorId)),
  role: z.enum(DELEGATED_ROLES),
  username: z.preprocess(absent, text(LIMITS.name).optional()),
  email: z.preprocess(absent, z.string().max(LIMITS.email).transform(tidy).refine(isEmailAddress).optional()),
  iss: z.preprocess(absent, text(100).optional()),
});

const FAULTS: Record<string, string> = {
  id: `This token has no id: a text of at most ${LIMITS.donorId} characters, or a whole number.`,
  role: `The role of this token is not known: use ${DELEGATED_ROLES.join(', ')}.`,
  username: `The username of this token must be a text of at most ${LIMITS.name} characters.`,
  email: 'The email of this token is not a mail address.',
  iss: 'The issuer of this token must be a text of at most 100 characters.',
};

/** S5's payload, and when the token was issued and ends, in ms since the epoch. */
export interface DelegatedClaims {
  id: string;
  role: DelegatedRole;
  username?: string | undefined;
  email?: string | undefined;
  iss?: string | undefined;
  /** `iat`, when the token has one. */
  signedAt?: number | undefined;
  issuedAt: number;
  expiresAt: number;
}

/** Verifies the tokens that a trusted backend signs for its own users (S5). Which key fits decides the algorithm, not the token. */
@Injectable()
export class DelegatedTokens {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Throws 401, saying what is wrong only to whoever holds a key. */
  async verify(token: string): Promise<DelegatedClaims> {
    // The library is loaded with the first such token: idle it costs nothing.
    const { signedPayload } = await import('./delegated-signature.js');
    const payload = await signedPayload(token, this.config.delegated);
    const { issuedAt, expiresAt } = lifeOf(payload);
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) {
      const [claim] = claims.error.issues[0]?.path ?? [];
      throw delegatedTokenInvalid(FAULTS[String(claim)] ?? 'The claims of this token cannot be read.');
    }
    const signedAt = payload.iat === undefined ? undefined : payload.iat * 1_000;
    return { ...claims.data, signedAt, issuedAt, expiresAt };
  }
}

/** `exp` where there is one; otherwise a day from `iat`. */
function lifeOf({ exp, iat }: JWTPayload): { issuedAt: number; expiresAt: number } {
  const now = Date.now() / 1_000;
  if (iat !== undefined && (typeof iat !== 'number' || !(iat <= now + CLOCK_SKEW)))
    throw delegatedTokenInvalid(
      'This token was issued in the future. Check the clock of the server that signs.',
    );
  if (exp !== undefined) return { issuedAt: (iat ?? exp) * 1_000, expiresAt: (exp + CLOCK_SKEW) * 1_000 };
  if (iat === undefined)
    throw delegatedTokenInvalid('This token says neither when it ends (exp) nor when it was issued (iat).');
  const end = iat + LONGEST_LIFE + CLOCK_SKEW;
  if (end <= now) throw tokenExpired();
  return { issuedAt: iat * 1_000, expiresAt: end * 1_000 };
}

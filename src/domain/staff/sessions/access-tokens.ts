import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { z } from 'zod';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import type { User } from '../../../platform/database/generated/client.js';
import { tokenExpired, tokenInvalid } from '../../auth/auth.errors.js';
import type { TokenClaims, UnverifiedToken } from '../../auth/signed-token.js';

const AUDIENCE = 'concierge';
const TYPE = 'access';

/** A shared secret allows no other. */
export const ACCESS_TOKEN_ALGORITHM = 'HS256';

/** Seconds. */
export const ACCESS_TOKEN_LIFETIME = 15 * 60;

const claimsSchema = z.object({
  typ: z.literal(TYPE),
  aud: z.literal(AUDIENCE),
  sub: z
    .string()
    .regex(/^[1-9]\d*$/)
    .transform(Number)
    .pipe(z.int32()),
  tv: z.int(),
  sid: z.uuid(),
  exp: z.int(),
  nbf: z.number().optional(),
});

/** `sub` user id, `tv` the user's tokenVersion, `sid` the login it comes from, `exp` seconds since the epoch. */
export type AccessClaims = z.infer<typeof claimsSchema>;

/** Signs the access tokens of staff: JWT, HS256, 15 minutes. */
@Injectable()
export class AccessTokens {
  private readonly jwt: JwtService;

  constructor(@Inject(CONFIG) config: Config) {
    this.jwt = new JwtService({ secret: config.secrets.jwt });
  }

  /** `username` and `role` are for readers of the token; here the account alone decides. */
  sign(
    { id, tokenVersion, username, role }: Pick<User, 'id' | 'tokenVersion' | 'username' | 'role'>,
    sessionId: string,
  ): string {
    const payload = { typ: TYPE, tv: tokenVersion, sid: sessionId, username, role };
    return this.jwt.sign(payload, {
      algorithm: ACCESS_TOKEN_ALGORITHM,
      audience: AUDIENCE,
      subject: String(id),
      expiresIn: ACCESS_TOKEN_LIFETIME,
    });
  }
}

/** Returns whether a token says that it is one of these. It is then read as nothing else, and others never as one. */
export function isAccessToken({ claims }: UnverifiedToken): boolean {
  return claims['typ'] === TYPE;
}

/** Returns the claims of a token whose signature was verified. Throws 401 for those that sign() did not make, or not for now. */
export function readAccessClaims(payload: TokenClaims): AccessClaims {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) throw tokenInvalid();
  const now = Math.floor(Date.now() / 1_000);
  const { exp, nbf } = claims.data;
  if (nbf !== undefined && nbf > now) throw tokenInvalid();
  if (exp <= now) throw tokenExpired();
  return claims.data;
}

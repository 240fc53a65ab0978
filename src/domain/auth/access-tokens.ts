import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { z } from 'zod';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import type { User } from '../../platform/database/generated/client.js';
import { tokenExpired, tokenInvalid } from './auth.errors.js';

const AUDIENCE = 'concierge';
const TYPE = 'access';
const ALGORITHM = 'HS256';

/** Seconds. */
export const ACCESS_TOKEN_LIFETIME = 15 * 60;

const claimsSchema = z.object({
  typ: z.literal(TYPE),
  sub: z
    .string()
    .regex(/^[1-9]\d*$/)
    .transform(Number)
    .pipe(z.int32()),
  tv: z.int(),
  sid: z.uuid(),
  exp: z.int(),
});

/** `sub` user id, `tv` the user's tokenVersion, `sid` the login it comes from, `exp` seconds since the epoch. */
export type AccessClaims = z.infer<typeof claimsSchema>;

/** Signs and verifies the access tokens of staff: JWT, HS256, 15 minutes. */
@Injectable()
export class AccessTokens {
  private readonly jwt: JwtService;

  constructor(@Inject(CONFIG) config: Config) {
    this.jwt = new JwtService({ secret: config.secrets.jwt });
  }

  /** `username` and `role` are for whoever reads the token; here the account alone decides. */
  sign(
    { id, tokenVersion, username, role }: Pick<User, 'id' | 'tokenVersion' | 'username' | 'role'>,
    sessionId: string,
  ): string {
    const payload = { typ: TYPE, tv: tokenVersion, sid: sessionId, username, role };
    return this.jwt.sign(payload, {
      algorithm: ALGORITHM,
      audience: AUDIENCE,
      subject: String(id),
      expiresIn: ACCESS_TOKEN_LIFETIME,
    });
  }

  /** Whether a token says that it is one of these. It is then tried as nothing else, and others never as one. */
  claims(token: string): boolean {
    const payload = this.jwt.decode<Record<string, unknown> | string | null>(token);
    return typeof payload === 'object' && payload !== null && payload['typ'] === TYPE;
  }

  /** Throws 401 for anything that sign() did not make or that has expired. */
  verify(token: string): AccessClaims {
    const claims = claimsSchema.safeParse(this.payloadOf(token));
    if (!claims.success) throw tokenInvalid();
    return claims.data;
  }

  private payloadOf(token: string): unknown {
    try {
      return this.jwt.verify<Record<string, unknown>>(token, { algorithms: [ALGORITHM], audience: AUDIENCE });
    } catch (error) {
      throw error instanceof Error && error.name === 'TokenExpiredError' ? tokenExpired() : tokenInvalid();
    }
  }
}

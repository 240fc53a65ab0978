import { hkdfSync } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { z } from 'zod';
import { unixSeconds } from './call-room.js';
import { VideoTokenRejected } from './video.errors.js';

const AUDIENCE = 'concierge:call';
const TYPE = 'call';

const claimsSchema = z.object({
  typ: z.literal(TYPE),
  sub: z.string().min(1),
  callId: z.string().min(1),
  room: z.string().min(1),
  role: z.enum(['donor', 'admin']),
  callType: z.enum(['audio', 'video']),
  name: z.string().optional(),
  exp: z.number(),
});

/** What a verified call token says about its bearer. `sub` is the user id, `exp` seconds since the epoch. */
export type CallTokenClaims = z.infer<typeof claimsSchema>;

/**
 * Signs and verifies the call tokens of the direct provider (HS256).
 * Key, audience and typ are its own, so a call token opens nothing else and no other token opens a call.
 */
export class CallTokens {
  private readonly jwt = new JwtService();
  readonly #key: Buffer;

  constructor(jwtSecret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', jwtSecret, '', 'concierge call token v1', 32));
  }

  sign(claims: CallTokenClaims, now: Date): string {
    const payload = { ...claims, aud: AUDIENCE, iat: unixSeconds(now) };
    return this.jwt.sign(payload, { secret: this.#key, algorithm: 'HS256' });
  }

  /** Throws VideoTokenRejected, without saying why. */
  verify(token: string, now: Date): CallTokenClaims {
    try {
      const payload: unknown = this.jwt.verify(token, {
        secret: this.#key,
        algorithms: ['HS256'],
        audience: AUDIENCE,
        clockTimestamp: unixSeconds(now),
      });
      return claimsSchema.parse(payload);
    } catch {
      throw new VideoTokenRejected();
    }
  }
}

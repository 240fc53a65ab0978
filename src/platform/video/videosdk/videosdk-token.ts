import { randomBytes } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { tokenExpiry, unixSeconds } from '../port/call-room.js';
import type { VideoRole, VideoTokenRequest } from '../port/video-provider.js';

/** How long a token for one request of ours to VideoSDK's API is good, in seconds. */
const MANAGEMENT_SECONDS = 300;

const PERMISSIONS: Record<VideoRole, string[]> = {
  donor: ['allow_join'],
  admin: ['allow_join', 'allow_mod'],
};

/** VideoSDK knows people by their participantId alone, so it begins with the role. */
const PARTICIPANT = /^(donor|admin)-[0-9a-f]{16}$/;

/** The role in a participantId of ours; undefined for anybody else's. */
export function roleOfParticipant(participantId: string): VideoRole | undefined {
  return PARTICIPANT.exec(participantId)?.[1] as VideoRole | undefined;
}

/**
 * Signs VideoSDK's tokens here, HS256 with the secret key (docs.videosdk.live, "Authentication and Token"), so they cost no
 * request. Each is for one room and one new participant, and none outlives an hour.
 */
export class VideosdkTokens {
  private readonly jwt = new JwtService();
  readonly #apiKey: string;
  readonly #secret: string;

  constructor(apiKey: string, secret: string) {
    this.#apiKey = apiKey;
    this.#secret = secret;
  }

  /** For our own requests to the API. */
  management(now: Date): string {
    return this.sign(
      { permissions: PERMISSIONS.admin, roles: ['crawler'] },
      unixSeconds(now) + MANAGEMENT_SECONDS,
      now,
    );
  }

  /** For one person in one room. */
  participant({ roomName, role, userName, expiresAt }: VideoTokenRequest, now: Date): string {
    const participantId = `${role}-${randomBytes(8).toString('hex')}`;
    const claims = {
      permissions: PERMISSIONS[role],
      roles: ['rtc'],
      roomId: roomName,
      participantId,
      // Not VideoSDK's: our faces read it, to greet the person by it.
      ...(userName !== undefined && { name: userName }),
    };
    return this.sign(claims, tokenExpiry(expiresAt, now), now);
  }

  private sign(claims: object, exp: number, now: Date): string {
    const payload = { apikey: this.#apiKey, version: 2, ...claims, iat: unixSeconds(now), exp };
    return this.jwt.sign(payload, { secret: this.#secret, algorithm: 'HS256' });
  }
}

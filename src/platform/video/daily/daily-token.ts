import { createHash } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { cutText } from '../../../contract/text.js';
import { tokenExpiry, unixSeconds } from '../port/call-room.js';
import type { VideoTokenRequest } from '../port/video-provider.js';

const MAX_USER_ID = 36;
const MAX_USER_NAME = 100;

/** Properties of POST /meeting-tokens, as far as we use them. */
export interface DailyTokenProperties {
  room_name: string;
  exp: number;
  is_owner: boolean;
  user_id: string;
  user_name?: string;
  eject_at_token_exp: true;
  start_video_off: boolean;
}

/** The id Daily knows a person by, and sends back in webhooks: ours, or a digest when it exceeds Daily's 36 characters. */
export function dailyUserId(userId: string): string {
  if (userId.length <= MAX_USER_ID) return userId;
  return createHash('sha256').update(userId).digest('base64url').slice(0, MAX_USER_ID);
}

/** A token of exactly one room and bounded life: without room_name or exp Daily's tokens open everything, forever. */
export function dailyTokenProperties(request: VideoTokenRequest, now: Date): DailyTokenProperties {
  const userName = request.userName && cutText(request.userName.trim(), MAX_USER_NAME);
  return {
    room_name: request.roomName,
    exp: tokenExpiry(request.expiresAt, now),
    is_owner: request.role === 'admin',
    user_id: dailyUserId(request.userId),
    ...(userName ? { user_name: userName } : {}),
    eject_at_token_exp: true,
    start_video_off: request.callType === 'audio',
  };
}

/** Signs a meeting token ourselves. Claim names: docs.daily.co, "Self-signing tokens". */
export function selfSignedToken(
  properties: DailyTokenProperties,
  domainId: string,
  apiKey: string,
  now: Date,
): string {
  const claims = {
    r: properties.room_name,
    d: domainId,
    iat: unixSeconds(now),
    exp: properties.exp,
    o: properties.is_owner,
    ud: properties.user_id,
    ...(properties.user_name === undefined ? {} : { u: properties.user_name }),
    ejt: properties.eject_at_token_exp,
    vo: properties.start_video_off,
  };
  return new JwtService().sign(claims, { secret: apiKey, algorithm: 'HS256' });
}

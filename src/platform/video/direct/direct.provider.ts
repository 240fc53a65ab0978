import { publicUrl, type PublicDesk } from '../../config/public-address.js';
import { futureSeconds, checkedRoomName, tokenExpiry } from '../port/call-room.js';
import { CallTokens, type CallTokenClaims } from '../port/call-token.js';
import { VideoWebhookRejected } from '../port/video.errors.js';
import type {
  VideoHealth,
  VideoProvider,
  VideoRoom,
  VideoRoomRequest,
  VideoTokenRequest,
  VideoWebhookEvent,
} from '../port/video-provider.js';

export interface DirectVideoOptions {
  /** Without a trailing slash. */
  publicUrl: string;
  jwtSecret: string;
  now?: () => Date;
}

/** Peer-to-peer WebRTC: rooms are names, media flows between the browsers, signalling goes over our own gateway. */
export class DirectVideoProvider implements VideoProvider {
  readonly name = 'direct';
  readonly local = true;
  private readonly desk: PublicDesk;
  private readonly tokens: CallTokens;
  private readonly now: () => Date;

  constructor(options: DirectVideoOptions) {
    this.desk = options;
    this.tokens = new CallTokens(options.jwtSecret);
    this.now = options.now ?? (() => new Date());
  }

  async createRoom(request: VideoRoomRequest): Promise<VideoRoom> {
    futureSeconds(request.expiresAt, this.now());
    const roomName = checkedRoomName(request.roomName);
    return { roomName, url: publicUrl(this.desk, `/call/${roomName}`) };
  }

  async issueToken(request: VideoTokenRequest): Promise<string> {
    const now = this.now();
    const claims: CallTokenClaims = {
      typ: 'call',
      sub: request.userId,
      callId: request.callId,
      room: request.roomName,
      role: request.role,
      callType: request.callType,
      exp: tokenExpiry(request.expiresAt, now),
      ...(request.userName === undefined ? {} : { name: request.userName }),
    };
    return this.tokens.sign(claims, now);
  }

  /** Nothing to close: the signalling gateway ends a call by telling its members. */
  closeRoom(): Promise<void> {
    return Promise.resolve();
  }

  /** Who is calling, for the signalling gateway. Throws VideoTokenRejected. */
  verifyToken(token: string): CallTokenClaims {
    return this.tokens.verify(token, this.now());
  }

  verifyWebhook(): VideoWebhookEvent {
    throw new VideoWebhookRejected('not_configured');
  }

  /** Nobody is in between. */
  ping(): Promise<void> {
    return Promise.resolve();
  }

  health(): VideoHealth {
    return { status: 'up', detail: 'Calls run directly between the browsers.' };
  }
}

import type { IncomingHttpHeaders } from 'node:http';

/** Injection token of the VideoProvider that VIDEO_PROVIDER selects. */
export const VIDEO_PROVIDER = Symbol('VIDEO_PROVIDER');

export type VideoProviderName = 'direct' | 'daily' | 'videosdk';
export type VideoCallType = 'audio' | 'video';
export type VideoRole = 'donor' | 'admin';

export interface VideoRoomRequest {
  /** The same on every try, so that a repeated creation finds the first room. Vendors and logs see it: it opens nothing. */
  roomName: string;
  callType: VideoCallType;
  expiresAt: Date;
}

export interface VideoRoom {
  roomName: string;
  url: string;
}

export interface VideoTokenRequest {
  roomName: string;
  callId: string;
  role: VideoRole;
  userId: string;
  userName?: string | undefined;
  callType: VideoCallType;
  expiresAt: Date;
}

export interface VideoCallOptions {
  /** Upper bound in ms for the whole operation, tries and pauses included. Without it the long policy applies. */
  deadlineMs?: number | undefined;
}

export interface VideoParticipant {
  /** The vendor's id of this one connection; a person who rejoins gets a new one. */
  sessionId: string;
  userId?: string | undefined;
  userName?: string | undefined;
  role: VideoRole;
}

interface VideoWebhookBase {
  /** The vendor's id of the delivery's event: equal ids are the same event. */
  id: string;
  /** When it happened, as the vendor tells it. */
  at: Date;
}

/** A verified webhook in our words. `ignored` is authentic, but nothing we act on. */
export type VideoWebhookEvent =
  | (VideoWebhookBase & {
      type: 'participant.joined' | 'participant.left';
      roomName: string;
      participant: VideoParticipant;
    })
  | (VideoWebhookBase & { type: 'meeting.ended'; roomName: string })
  | (VideoWebhookBase & { type: 'ignored' });

export interface VideoHealth {
  status: 'up' | 'degraded' | 'down';
  /** One plain sentence without secrets, URLs or host names. */
  detail: string;
}

/**
 * Rooms and tokens for calls, no matter who carries the media. Every operation may be repeated safely.
 * Network failures surface as VideoUnavailable, and as nothing else.
 */
export interface VideoProvider {
  readonly name: VideoProviderName;
  /** True when rooms and tokens need no network, so a call can be opened inside the ticket's own statement. */
  readonly local: boolean;
  /** Opens the call's room, or adopts the one that an earlier try already opened. */
  createRoom(request: VideoRoomRequest, options?: VideoCallOptions): Promise<VideoRoom>;
  /** A token for one person in one room; valid until `expiresAt`, at most one hour. */
  issueToken(request: VideoTokenRequest, options?: VideoCallOptions): Promise<string>;
  /** Closes the room; a room that is already gone is fine. */
  closeRoom(roomName: string, options?: VideoCallOptions): Promise<void>;
  /**
   * Sends out of a room, and keeps out of it, anyone who has a token with one of these user ids (at most 100); nobody in it is fine.
   * Missing where tokens are checked here, or where the vendor knows people by no id of ours.
   */
  eject?(roomName: string, userIds: readonly string[], options?: VideoCallOptions): Promise<void>;
  /** Checks a delivery's signature. Throws VideoWebhookRejected; VideoUnavailable when the vendor's key cannot be had. */
  verifyWebhook(
    headers: IncomingHttpHeaders,
    rawBody: Buffer,
  ): VideoWebhookEvent | Promise<VideoWebhookEvent>;
  /** What recent operations say; asks nobody. */
  health(): VideoHealth;
  /** Asks the vendor for something small, with our key. Throws VideoUnavailable. */
  ping(options?: VideoCallOptions): Promise<void>;
}

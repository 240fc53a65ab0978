import { createPublicKey, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { isSecure, publicUrl } from '../../config/public-address.js';
import { futureSeconds, checkedRoomName } from '../port/call-room.js';
import { checkedVendorKey, checkedVendorUrl, VendorApi, type VendorAnswer } from '../vendor/vendor-api.js';
import type { OutboundOptions } from '../../outbound/outbound.js';
import { VendorCircuit } from '../vendor/vendor-circuit.js';
import { VendorFailure } from '../port/video.errors.js';
import { VideosdkTokens } from './videosdk-token.js';
import { VideosdkWebhook } from './videosdk-webhook.js';
import type {
  VideoCallOptions,
  VideoHealth,
  VideoProvider,
  VideoRoom,
  VideoRoomRequest,
  VideoTokenRequest,
  VideoWebhookEvent,
} from '../port/video-provider.js';

export interface VideosdkOptions {
  apiKey: string;
  secretKey: string;
  /** Base of the REST API, such as https://api.videosdk.live/v2. */
  apiUrl: string;
  /** Where VideoSDK reports; without a trailing slash. Only https addresses are told to it. */
  publicUrl: string;
  now?: () => Date;
  circuit?: Partial<OutboundOptions>;
}

/** VideoSDK's hosted call page. The version is part of its address; a new one is tried before it is written here. */
const CALL_PAGE = 'https://embed.videosdk.live/rtc-js-prebuilt/0.3.43/';
const EVENTS = ['participant-joined', 'participant-left', 'session-ended'];
const KEY_DEADLINE_MS = 5_000;

const roomSchema = z.object({
  roomId: z.string().regex(/^[\w-]{3,100}$/),
  customRoomId: z.string(),
  disabled: z.literal(false).optional(),
});
const validationSchema = z.object({ roomId: z.string(), disabled: z.boolean().optional() });
const endingSchema = z.object({ roomId: z.string() }).or(z.object({ meetingId: z.string() }));
const keySchema = z.object({ publicKey: z.string().max(10_000) });

/** Calls in VideoSDK's rooms, over its REST API v2 (docs.videosdk.live/api-reference/realtime-communication). */
export class VideosdkProvider implements VideoProvider {
  readonly name = 'videosdk';
  readonly local = false;
  private readonly api: VendorApi;
  private readonly circuit: VendorCircuit;
  /** Its own: anybody can make us fetch the key, and nobody is to pause calls by it. */
  private readonly keyCircuit: VendorCircuit;
  private readonly tokens: VideosdkTokens;
  private readonly webhook: VideosdkWebhook;
  private readonly endPoint: string | undefined;
  private readonly now: () => Date;

  constructor(options: VideosdkOptions) {
    this.now = options.now ?? (() => new Date());
    this.tokens = new VideosdkTokens(checkedVendorKey(options.apiKey, 'VIDEOSDK_API_KEY'), options.secretKey);
    // VideoSDK takes the bare token, without a word in front of it.
    this.api = new VendorApi(checkedVendorUrl(options.apiUrl, 'VIDEOSDK_API_URL'), () =>
      this.tokens.management(this.now()),
    );
    this.circuit = new VendorCircuit('videosdk', options.circuit);
    this.keyCircuit = new VendorCircuit('videosdk', options.circuit);
    this.webhook = new VideosdkWebhook(() => this.fetchKey(), this.now);
    if (isSecure(options)) this.endPoint = publicUrl(options, '/api/v1/webhooks/videosdk');
  }

  /** VideoSDK finds a room by the custom id again, so a repeated creation needs nothing of its own. */
  async createRoom(request: VideoRoomRequest, options?: VideoCallOptions): Promise<VideoRoom> {
    const customRoomId = checkedRoomName(request.roomName);
    const now = this.now();
    const seconds = futureSeconds(request.expiresAt, now) - now.getTime() / 1000;
    const body = {
      customRoomId,
      autoCloseConfig: { type: 'session-ends', duration: Math.ceil(seconds / 60) },
      ...(this.endPoint !== undefined && { webhook: { endPoint: this.endPoint, events: EVENTS } }),
    };
    return this.circuit.run(async (signal) => {
      const answer = await this.api.request('POST', '/rooms', signal, body);
      return readRoom(answer, customRoomId);
    }, options);
  }

  async issueToken(request: VideoTokenRequest): Promise<string> {
    return this.tokens.participant(request, this.now());
  }

  /** Sends everybody out, then closes the room forever. */
  async closeRoom(roomName: string, options?: VideoCallOptions): Promise<void> {
    await this.circuit.run(async (signal) => {
      const body = { roomId: roomName };
      // Without anybody inside there is no session to end, which is a refusal here; what counts is the room.
      const ended = await this.api.request('POST', '/sessions/end', signal, body);
      if (ended.ok) confirm(ended);
      const closed = await this.api.request('POST', '/rooms/deactivate', signal, body);
      if (closed.ok) confirm(closed);
      else if (await this.isOpen(roomName, signal)) throw new VendorFailure('refused');
    }, options);
  }

  verifyWebhook(headers: IncomingHttpHeaders, rawBody: Buffer): Promise<VideoWebhookEvent> {
    return this.webhook.verify(headers, rawBody);
  }

  health(): VideoHealth {
    return this.circuit.health();
  }

  /** Reads one room, if there is any. */
  async ping(options?: VideoCallOptions): Promise<void> {
    await this.circuit.run(async (signal) => {
      const { ok } = await this.api.request('GET', '/rooms?page=1&perPage=1', signal);
      if (!ok) throw new VendorFailure('refused');
    }, options);
  }

  private async isOpen(roomName: string, signal: AbortSignal): Promise<boolean> {
    const answer = await this.api.request('GET', `/rooms/validate/${encodeURIComponent(roomName)}`, signal);
    if (!answer.ok) return false;
    const parsed = validationSchema.safeParse(answer.body);
    if (!parsed.success) throw new VendorFailure('bad_answer');
    return parsed.data.disabled !== true;
  }

  private fetchKey(): Promise<KeyObject> {
    return this.keyCircuit.run(
      async (signal) => {
        const answer = await this.api.request('GET', '/public/rsa-public-key', signal);
        return readKey(answer);
      },
      { deadlineMs: KEY_DEADLINE_MS },
    );
  }
}

function readRoom(answer: VendorAnswer, customRoomId: string): VideoRoom {
  if (!answer.ok) throw new VendorFailure('refused');
  const parsed = roomSchema.safeParse(answer.body);
  if (!parsed.success || parsed.data.customRoomId !== customRoomId) throw new VendorFailure('bad_answer');
  const { roomId } = parsed.data;
  return { roomName: roomId, url: `${CALL_PAGE}?meetingId=${encodeURIComponent(roomId)}` };
}

function confirm(answer: VendorAnswer): void {
  if (!endingSchema.safeParse(answer.body).success) throw new VendorFailure('bad_answer');
}

function readKey(answer: VendorAnswer): KeyObject {
  try {
    return createPublicKey(keySchema.parse(answer.body).publicKey);
  } catch {
    throw new VendorFailure(answer.ok ? 'bad_answer' : 'refused');
  }
}

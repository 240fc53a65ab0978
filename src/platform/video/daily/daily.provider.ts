import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { futureSeconds, checkedRoomName } from '../port/call-room.js';
import {
  dailyTokenProperties,
  dailyUserId,
  selfSignedToken,
  type DailyTokenProperties,
} from './daily-token.js';
import { DailyWebhook } from './daily-webhook.js';
import { checkedVendorKey, checkedVendorUrl, VendorApi, type VendorAnswer } from '../vendor/vendor-api.js';
import type { OutboundOptions } from '../../outbound/outbound.js';
import { VendorCircuit } from '../vendor/vendor-circuit.js';
import { VendorFailure } from '../port/video.errors.js';
import type {
  VideoCallOptions,
  VideoHealth,
  VideoProvider,
  VideoRoom,
  VideoRoomRequest,
  VideoTokenRequest,
  VideoWebhookEvent,
} from '../port/video-provider.js';

export interface DailyVideoOptions {
  apiKey: string;
  /** Base of the REST API, such as https://api.daily.co/v1. */
  apiUrl: string;
  /** When known, tokens are signed here and cost no request. */
  domainId?: string | undefined;
  /** Base64, as Daily shows it. Without it every webhook is rejected. */
  webhookSecret?: string | undefined;
  now?: () => Date;
  circuit?: Partial<OutboundOptions>;
}

interface RoomSettings {
  privacy: 'private';
  properties: { exp: number; eject_at_room_exp: true; start_video_off: boolean };
}

const roomSchema = z.object({
  name: z.string(),
  url: z.url({ protocol: /^https$/ }).max(500),
  privacy: z.literal('private'),
});
const tokenSchema = z.object({
  token: z
    .string()
    .max(8_000)
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
});
const ejectedSchema = z.object({ ejectedIds: z.array(z.string()) });
const deletedSchema = z.object({ deleted: z.literal(true) });
const errorSchema = z.object({ info: z.string() });

/** Calls in Daily's rooms, over its REST API v1 (docs.daily.co/reference/rest-api). */
export class DailyVideoProvider implements VideoProvider {
  readonly name = 'daily';
  readonly local = false;
  private readonly api: VendorApi;
  private readonly circuit: VendorCircuit;
  private readonly webhook: DailyWebhook;
  private readonly now: () => Date;
  readonly #options: DailyVideoOptions;

  constructor(options: DailyVideoOptions) {
    this.#options = options;
    this.now = options.now ?? (() => new Date());
    const authorization = `Bearer ${checkedVendorKey(options.apiKey, 'DAILY_API_KEY')}`;
    this.api = new VendorApi(checkedVendorUrl(options.apiUrl, 'DAILY_API_URL'), () => authorization);
    this.circuit = new VendorCircuit('daily', options.circuit);
    this.webhook = new DailyWebhook(options.webhookSecret, this.now);
  }

  async createRoom(request: VideoRoomRequest, options?: VideoCallOptions): Promise<VideoRoom> {
    const roomName = checkedRoomName(request.roomName);
    const settings: RoomSettings = {
      privacy: 'private',
      properties: {
        exp: futureSeconds(request.expiresAt, this.now()),
        eject_at_room_exp: true,
        start_video_off: request.callType === 'audio',
      },
    };
    return this.circuit.run((signal) => this.openRoom(roomName, settings, signal), options);
  }

  async issueToken(request: VideoTokenRequest, options?: VideoCallOptions): Promise<string> {
    const now = this.now();
    const properties = dailyTokenProperties(request, now);
    const { domainId, apiKey } = this.#options;
    if (domainId !== undefined) return selfSignedToken(properties, domainId, apiKey, now);
    return this.circuit.run((signal) => this.fetchToken(properties, signal), options);
  }

  async closeRoom(roomName: string, options?: VideoCallOptions): Promise<void> {
    await this.circuit.run(async (signal) => {
      const answer = await this.api.request('DELETE', `/rooms/${encodeURIComponent(roomName)}`, signal);
      if (answer.status === 404) return;
      if (!answer.ok) throw new VendorFailure('refused');
      if (!deletedSchema.safeParse(answer.body).success) throw new VendorFailure('bad_answer');
    }, options);
  }

  /** Daily remembers who is kept out for as long as the meeting lasts (docs.daily.co, "rooms/:name/eject"). */
  async eject(roomName: string, userIds: readonly string[], options?: VideoCallOptions): Promise<void> {
    const body = { user_ids: userIds.map(dailyUserId), ban: true };
    await this.circuit.run(async (signal) => {
      const path = `/rooms/${encodeURIComponent(roomName)}/eject`;
      const answer = await this.api.request('POST', path, signal, body);
      // Without a room, or without a meeting in it, there is nobody to send out.
      if (answer.status === 404 || answer.status === 400) return;
      if (!answer.ok) throw new VendorFailure('refused');
      if (!ejectedSchema.safeParse(answer.body).success) throw new VendorFailure('bad_answer');
    }, options);
  }

  verifyWebhook(headers: IncomingHttpHeaders, rawBody: Buffer): VideoWebhookEvent {
    return this.webhook.verify(headers, rawBody);
  }

  health(): VideoHealth {
    return this.circuit.health();
  }

  /** Reads the settings of our domain. */
  async ping(options?: VideoCallOptions): Promise<void> {
    await this.circuit.run(async (signal) => {
      const { ok } = await this.api.request('GET', '/', signal);
      if (!ok) throw new VendorFailure('refused');
    }, options);
  }

  private async openRoom(roomName: string, settings: RoomSettings, signal: AbortSignal): Promise<VideoRoom> {
    const created = await this.api.request('POST', '/rooms', signal, { name: roomName, ...settings });
    if (created.ok) return readRoom(created, roomName);
    if (!saysItExists(created)) throw new VendorFailure('refused');
    // The name is the call's own, so the room is ours: an earlier try made it and its answer was lost.
    const adopted = await this.api.request('POST', `/rooms/${roomName}`, signal, settings);
    if (adopted.ok) return readRoom(adopted, roomName);
    // It expired or was deleted between the two requests; the next try creates it.
    throw new VendorFailure(adopted.status === 404 ? 'bad_answer' : 'refused');
  }

  private async fetchToken(properties: DailyTokenProperties, signal: AbortSignal): Promise<string> {
    const answer = await this.api.request('POST', '/meeting-tokens', signal, { properties });
    if (!answer.ok) throw new VendorFailure('refused');
    const parsed = tokenSchema.safeParse(answer.body);
    if (!parsed.success) throw new VendorFailure('bad_answer');
    return parsed.data.token;
  }
}

function readRoom(answer: VendorAnswer, roomName: string): VideoRoom {
  const parsed = roomSchema.safeParse(answer.body);
  if (!parsed.success || parsed.data.name !== roomName) throw new VendorFailure('bad_answer');
  return { roomName, url: parsed.data.url };
}

function saysItExists(answer: VendorAnswer): boolean {
  const parsed = errorSchema.safeParse(answer.body);
  return answer.status === 409 || (parsed.success && parsed.data.info.includes('already exists'));
}

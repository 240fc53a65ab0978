import { createHmac, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { asRecord, FakeVendor, type Reply, type SignedWebhook, type VendorRequest } from './fake-vendor.js';

export interface FakeDailyRoom {
  id: string;
  name: string;
  privacy: string;
  url: string;
  config: Record<string, unknown>;
}

const INVALID_NAME = /[^A-Za-z0-9_-]/;
const CLAIMS: Record<string, string> = {
  room_name: 'r',
  exp: 'exp',
  is_owner: 'o',
  user_id: 'ud',
  user_name: 'u',
  eject_at_token_exp: 'ejt',
  start_video_off: 'vo',
};

/** Speaks Daily's REST API v1 as far as rooms and meeting tokens go. */
export class FakeDaily extends FakeVendor {
  readonly rooms = new Map<string, FakeDailyRoom>();
  /** By room: user ids that may not come in any more. */
  readonly banned = new Map<string, string[]>();
  readonly domainId = '30f866c3-9123-452a-8723-ff58322d09c5';
  readonly webhookSecret = Buffer.from('the webhook secret of the fake ..').toString('base64');

  private constructor(readonly apiKey: string) {
    super();
  }

  static start(apiKey = 'daily-key-canary-0123456789abcdef'): Promise<FakeDaily> {
    return new FakeDaily(apiKey).listen();
  }

  get url(): string {
    return `${this.origin}/v1`;
  }

  /** Signs a webhook as Daily does; `at` in ms since the epoch. */
  signWebhook(event: object | string, at: number, secret = this.webhookSecret): SignedWebhook {
    const rawBody = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
    const timestamp = String(Math.floor(at / 1000));
    const hmac = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${timestamp}.`).update(rawBody);
    return {
      headers: { 'x-webhook-timestamp': timestamp, 'x-webhook-signature': hmac.digest('base64') },
      rawBody,
    };
  }

  protected reply({ method, path, body }: VendorRequest, { authorization }: IncomingHttpHeaders): Reply {
    if (authorization !== `Bearer ${this.apiKey}`) return error(401, 'authentication-error', 'invalid key');
    return this.route(method, path, body);
  }

  private route(method: string, path: string, body: unknown): Reply {
    const ejecting = /^\/v1\/rooms\/([^/]+)\/eject$/.exec(path)?.[1];
    if (ejecting !== undefined) return this.eject(decodeURIComponent(ejecting), asRecord(body));
    const named = /^\/v1\/rooms\/([^/]+)$/.exec(path);
    if (named?.[1] !== undefined) return this.namedRoom(method, decodeURIComponent(named[1]), asRecord(body));
    if (method === 'GET' && path === '/v1/')
      return { status: 200, body: { domain_name: 'concierge-test', config: {} } };
    if (method === 'POST' && path === '/v1/rooms') return this.createRoom(asRecord(body));
    if (method === 'POST' && path === '/v1/meeting-tokens')
      return this.createToken(asRecord(asRecord(body).properties));
    return error(404, 'not-found', 'no such route');
  }

  private createRoom(body: Record<string, unknown>): Reply {
    const name = typeof body.name === 'string' ? body.name : randomUUID();
    if (INVALID_NAME.test(name) || name.length > 128)
      return error(400, 'invalid-request-error', 'invalid room name');
    if (this.find(name) !== undefined)
      return error(400, 'invalid-request-error', `a room named ${name} already exists`);
    const url = `https://concierge-test.daily.co/${name}`;
    const room: FakeDailyRoom = { id: randomUUID(), name, privacy: 'public', url, config: {} };
    this.rooms.set(name, room);
    return configure(room, body);
  }

  private namedRoom(method: string, name: string, body: Record<string, unknown>): Reply {
    const room = this.find(name);
    if (room === undefined) return error(404, 'not-found', `room ${name} not found`);
    if (method === 'GET') return { status: 200, body: room };
    if (method === 'POST') return configure(room, body);
    if (method !== 'DELETE') return error(404, 'not-found', 'no such route');
    this.rooms.delete(name);
    return { status: 200, body: { deleted: true, name } };
  }

  /** Daily treats an expired room as deleted. */
  private find(name: string): FakeDailyRoom | undefined {
    const room = this.rooms.get(name);
    const expired = typeof room?.config.exp === 'number' && room.config.exp * 1000 < Date.now();
    if (expired) this.rooms.delete(name);
    return expired ? undefined : room;
  }

  private eject(name: string, { user_ids: userIds, ban }: Record<string, unknown>): Reply {
    if (this.find(name) === undefined) return error(404, 'not-found', `room ${name} not found`);
    if (!Array.isArray(userIds) || userIds.length > 100)
      return error(400, 'invalid-request-error', 'user_ids should be a list of at most 100');
    if (ban === true) this.banned.set(name, [...(this.banned.get(name) ?? []), ...(userIds as string[])]);
    return { status: 200, body: { ejectedIds: [] } };
  }

  private createToken(properties: Record<string, unknown>): Reply {
    const unknown = Object.keys(properties).find((property) => CLAIMS[property] === undefined);
    if (unknown !== undefined) return error(400, 'invalid-request-error', `unknown property '${unknown}'`);
    const claims: Record<string, unknown> = { d: this.domainId, iat: Math.floor(Date.now() / 1000) };
    for (const [property, value] of Object.entries(properties)) claims[CLAIMS[property] ?? property] = value;
    const unsigned = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`;
    const signature = createHmac('sha256', this.apiKey).update(unsigned).digest('base64url');
    return { status: 200, body: { token: `${unsigned}.${signature}` } };
  }
}

function configure(room: FakeDailyRoom, body: Record<string, unknown>): Reply {
  const properties = asRecord(body.properties);
  if (properties.exp !== undefined && !Number.isInteger(properties.exp)) {
    return error(400, 'invalid-request-error', "property 'exp' should be an integer");
  }
  if (typeof body.privacy === 'string') room.privacy = body.privacy;
  room.config = { ...room.config, ...properties };
  return { status: 200, body: room };
}

function error(status: number, code: string, info: string): Reply {
  return { status, body: { error: code, info } };
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong with a request. `lost-answer` does the work and cuts the connection instead of answering. */
export type DailyFault =
  | { kind: 'slow'; ms: number }
  | { kind: 'hang' }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: 'garbage' }
  | { kind: 'huge'; bytes: number }
  | { kind: 'cut' }
  | { kind: 'cut-body' }
  | { kind: 'lost-answer' };

export interface FakeDailyRoom {
  id: string;
  name: string;
  privacy: string;
  url: string;
  config: Record<string, unknown>;
}

export interface FakeDailyRequest {
  method: string;
  path: string;
  body: unknown;
}

export interface SignedWebhook {
  headers: Record<string, string>;
  rawBody: Buffer;
}

interface Reply {
  status: number;
  body: unknown;
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

/** A real HTTP server on a loopback port that speaks Daily's REST API v1 as far as rooms and meeting tokens go. */
export class FakeDaily {
  readonly rooms = new Map<string, FakeDailyRoom>();
  /** Every request that reached the server, faulty ones included, in order. */
  readonly requests: FakeDailyRequest[] = [];
  readonly domainId = '30f866c3-9123-452a-8723-ff58322d09c5';
  readonly webhookSecret = Buffer.from('the webhook secret of the fake ..').toString('base64');
  private readonly faults: DailyFault[] = [];
  private lasting: DailyFault | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly apiKey: string,
  ) {}

  static async start(apiKey = 'daily-key-canary-0123456789abcdef'): Promise<FakeDaily> {
    const server = createServer();
    const fake = new FakeDaily(server, apiKey);
    server.on('request', (request, response) => void fake.serve(request, response));
    server.on('connection', (socket) => {
      fake.sockets.add(socket);
      socket.on('close', () => fake.sockets.delete(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** Spoils the next requests, one fault each, in order. */
  failNext(...faults: DailyFault[]): void {
    this.faults.push(...faults);
  }

  /** Spoils every request until heal(). */
  failAlways(fault: DailyFault): void {
    this.lasting = fault;
  }

  heal(): void {
    this.faults.length = 0;
    this.lasting = undefined;
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

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString('utf8');
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const { method = 'GET', url = '/' } = request;
      this.requests.push({ method, path: url, body });
      const fault = this.faults.shift() ?? this.lasting;
      const work = (): Reply =>
        request.headers.authorization === `Bearer ${this.apiKey}`
          ? this.route(method, url, body)
          : error(401, 'authentication-error', 'invalid key');
      await answer(response, fault, work);
    } catch {
      // A client that hung up in the middle is what half of the tests provoke.
      request.socket.destroy();
    }
  }

  private route(method: string, path: string, body: unknown): Reply {
    const named = /^\/v1\/rooms\/([^/]+)$/.exec(path);
    if (named?.[1] !== undefined) return this.namedRoom(method, decodeURIComponent(named[1]), asRecord(body));
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

async function answer(
  response: ServerResponse,
  fault: DailyFault | undefined,
  work: () => Reply,
): Promise<void> {
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'cut':
      response.destroy();
      return;
    case 'lost-answer':
      work();
      response.destroy();
      return;
    case 'cut-body':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"name":"call-');
      setImmediate(() => response.destroy());
      return;
    case 'status':
      send(response, fault.status, JSON.stringify(fault.body ?? { error: 'fault' }), fault.headers);
      return;
    case 'garbage':
      send(response, 200, '<html>502 Bad Gateway</html>');
      return;
    case 'huge':
      send(response, 200, JSON.stringify({ ...asRecord(work().body), padding: 'x'.repeat(fault.bytes) }));
      return;
    case 'slow':
      await sleep(fault.ms);
      break;
    case undefined:
      break;
  }
  const reply = work();
  send(response, reply.status, JSON.stringify(reply.body));
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

function send(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

function error(status: number, code: string, info: string): Reply {
  return { status, body: { error: code, info } };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

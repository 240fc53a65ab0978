import { createHmac, generateKeyPairSync, randomUUID, sign, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { asRecord, FakeVendor, type Reply, type SignedWebhook, type VendorRequest } from './fake-vendor.js';

export interface FakeVideosdkRoom {
  roomId: string;
  customRoomId: string;
  disabled: boolean;
  /** Whether somebody is in it. */
  session: boolean;
  settings: Record<string, unknown>;
}

const newKeys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

/** Speaks VideoSDK's REST API v2 as far as rooms, sessions and its published key go. */
export class FakeVideosdk extends FakeVendor {
  /** By roomId. */
  readonly rooms = new Map<string, FakeVideosdkRoom>();
  readonly apiKey = 'videosdk-key-0b5cb3d3-7d8f';
  private keys = newKeys();

  private constructor(readonly secretKey: string) {
    super();
  }

  static start(secretKey = 'videosdk-secret-canary-0123456789abcdef'): Promise<FakeVideosdk> {
    return new FakeVideosdk(secretKey).listen();
  }

  get url(): string {
    return `${this.origin}/v2`;
  }

  /** From now on webhooks are signed with a new key. */
  changeKey(): void {
    this.keys = newKeys();
  }

  /** Signs a webhook as VideoSDK does. */
  signWebhook(event: object | string): SignedWebhook {
    const rawBody = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
    const signature = sign('RSA-SHA256', rawBody, this.keys.privateKey).toString('base64');
    return { headers: { 'videosdk-signature': signature }, rawBody };
  }

  protected reply({ method, path, body }: VendorRequest, headers: IncomingHttpHeaders): Reply {
    if (method === 'GET' && path === '/v2/public/rsa-public-key') {
      return { status: 200, body: { publicKey: this.keys.publicKey } };
    }
    if (!this.isOurs(headers.authorization ?? '')) return error(401, 'Token is invalid');
    const validated = /^\/v2\/rooms\/validate\/([^/]+)$/.exec(path)?.[1];
    if (method === 'GET' && validated !== undefined) return this.validate(decodeURIComponent(validated));
    if (method === 'GET' && path.startsWith('/v2/rooms?')) return { status: 200, body: { data: [] } };
    if (method !== 'POST') return error(404, 'no such route');
    return this.post(path, asRecord(body));
  }

  private post(path: string, body: Record<string, unknown>): Reply {
    if (path === '/v2/rooms') return this.createRoom(body);
    const room = this.rooms.get(String(body.roomId));
    if (path === '/v2/sessions/end') return endSession(room);
    if (path === '/v2/rooms/deactivate') return deactivate(room);
    return error(404, 'no such route');
  }

  /** A bare token of ours: HS256 with our secret, version 2, for servers, not run out. */
  private isOurs(token: string): boolean {
    const [head = '', payload = '', signature = ''] = token.split('.');
    const expected = createHmac('sha256', this.secretKey).update(`${head}.${payload}`).digest();
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    const claims = asRecord(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    const roles = claims.roles as string[] | undefined;
    return (
      claims.apikey === this.apiKey &&
      claims.version === 2 &&
      roles?.includes('crawler') === true &&
      Number(claims.exp) * 1000 > Number(claims.iat) * 1000
    );
  }

  /** A custom id that is known gives the room it has. */
  private createRoom(body: Record<string, unknown>): Reply {
    const customRoomId = String(body.customRoomId);
    const known = [...this.rooms.values()].find((room) => room.customRoomId === customRoomId);
    if (known !== undefined) return { status: 200, body: shapeOf(known) };
    const roomId = randomUUID()
      .slice(0, 14)
      .replace(/^(.{4})(.{4}).(.{4}).*$/, '$1-$2-$3');
    const room: FakeVideosdkRoom = { roomId, customRoomId, disabled: false, session: false, settings: body };
    this.rooms.set(roomId, room);
    return { status: 200, body: shapeOf(room) };
  }

  private validate(id: string): Reply {
    const room = this.rooms.get(id);
    return room === undefined ? error(402, 'Room not found') : { status: 200, body: shapeOf(room) };
  }
}

function endSession(room: FakeVideosdkRoom | undefined): Reply {
  if (room?.session !== true) return error(400, 'There is no ongoing session');
  room.session = false;
  return { status: 200, body: { roomId: room.roomId, status: 'ended' } };
}

function deactivate(room: FakeVideosdkRoom | undefined): Reply {
  if (room === undefined) return error(402, 'Room not found');
  room.disabled = true;
  return { status: 200, body: { meetingId: room.roomId, disabled: true } };
}

function shapeOf({ roomId, customRoomId, disabled }: FakeVideosdkRoom): object {
  return { roomId, customRoomId, disabled, id: '623d49c760a18e699abcc8a4', links: {} };
}

function error(status: number, message: string): Reply {
  return { status, body: { message } };
}

import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
  type ECDH,
} from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.js';

/** What goes wrong with one push. */
export type PushServiceFault = { kind: 'error'; status: number; retryAfter?: string } | { kind: 'hang' };

/** A push as the browser behind the service reads it. */
export interface ReceivedPush {
  browser: string;
  /** Decrypted. */
  content: Record<string, unknown>;
  ttl: number;
  urgency: string;
  topic: string;
  /** What the sender's token says, and the public key that signed it. */
  vapid: { aud: string; exp: number; sub: string; key: string };
}

/** What `PushSubscription.toJSON()` gives in a browser. */
export interface FakeSubscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

interface FakeBrowser {
  keys: ECDH;
  auth: Buffer;
}

const MOST_BYTES = 4_096;
const DAY_S = 86_400;
const HEADER_BYTES = 21;

/**
 * A push service (RFC 8030) on a loopback port, and the browsers behind it. It takes nothing whose token does not prove the sender
 * (RFC 8292), and decrypts what it takes as a browser does (RFC 8291, aes128gcm of RFC 8188).
 */
export class FakePushService extends LoopbackServer {
  readonly pushes: ReceivedPush[] = [];
  /** How many requests came, whatever became of them. */
  tries = 0;
  private readonly browsers = new Map<string, FakeBrowser>();
  private readonly faults: PushServiceFault[] = [];

  static async start(): Promise<FakePushService> {
    const service = new FakePushService();
    await service.up();
    return service;
  }

  /** A new browser subscribes. */
  subscribe(name: string): FakeSubscription {
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    const auth = randomBytes(16);
    this.browsers.set(name, { keys, auth });
    return {
      endpoint: `${this.origin}/push/${name}`,
      keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') },
    };
  }

  /** Somebody takes the permission back: from now on its pushes answer 410. */
  unsubscribe(name: string): void {
    this.browsers.delete(name);
  }

  /** The next pushes meet these faults, one each. */
  fail(...faults: PushServiceFault[]): void {
    this.faults.push(...faults);
  }

  /** Faults that met no push are taken back. */
  forgive(): void {
    this.faults.length = 0;
  }

  to(name: string): ReceivedPush[] {
    return this.pushes.filter(({ browser }) => browser === name);
  }

  protected override answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    this.tries += 1;
    const fault = this.faults.shift();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'error') {
      const { status, retryAfter } = fault;
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end('No');
      return;
    }
    const [status, text] = this.take(request, body);
    response.writeHead(status).end(text);
  }

  private take(request: IncomingMessage, body: Buffer): [status: number, text: string] {
    const { headers, method, url = '' } = request;
    const name = url.replace('/push/', '');
    const browser = this.browsers.get(name);
    if (method !== 'POST') return [405, 'Pushes are posted.'];
    if (browser === undefined) return [410, 'Nobody is subscribed here.'];
    const vapid = provenSender(headers.authorization ?? '', this.origin);
    if (typeof vapid === 'string') return [403, vapid];
    if (headers['content-encoding'] !== 'aes128gcm') return [415, 'aes128gcm it must be.'];
    if (body.length > MOST_BYTES) return [413, 'Too large.'];
    if (headers.ttl === undefined) return [400, 'There is no TTL.'];
    const topic = String(headers['topic'] ?? '');
    if (!/^[\w-]{0,32}$/.test(topic)) return [400, 'This is no topic.'];
    const content = JSON.parse(decrypt(body, browser).toString('utf8')) as Record<string, unknown>;
    const urgency = String(headers['urgency'] ?? 'normal');
    this.pushes.push({ browser: name, content, ttl: Number(headers.ttl), urgency, topic, vapid });
    return [201, ''];
  }
}

/** Who has signed the token (RFC 8292 §2 and §3), or what is wrong with it. */
function provenSender(authorization: string, audience: string): ReceivedPush['vapid'] | string {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65) return 'There is no key.';
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) return 'The token is not signed with the key.';
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    aud: string;
    exp: number;
    sub: string;
  };
  const left = said.exp - Date.now() / 1_000;
  if (said.aud !== audience) return 'The token is for another service.';
  if (!(left > 0 && left <= DAY_S)) return 'The token has ended, or lasts too long.';
  if (!/^(?:mailto:|https:)/.test(said.sub)) return 'The token names no contact.';
  return { ...said, key };
}

const hkdf = (salt: Buffer, secret: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length));

/** RFC 8291 §3.4, and one record of RFC 8188. */
function decrypt(body: Buffer, { keys, auth }: FakeBrowser): Buffer {
  const [salt, keyLength] = [body.subarray(0, 16), body.readUInt8(20)];
  const senderKey = body.subarray(HEADER_BYTES, HEADER_BYTES + keyLength);
  const sealed = body.subarray(HEADER_BYTES + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), senderKey]);
  const secret = hkdf(auth, keys.computeSecret(senderKey), info, 32);
  const contentKey = hkdf(salt, secret, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(salt, secret, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', contentKey, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  // The last record ends with 2 and zeros (RFC 8188 §2).
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0))
    throw new Error('The padding is wrong.');
  return padded.subarray(0, end);
}

import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { FakeDaily } from '../../../test/support/fake-daily.js';
import type { FakeVendor, VendorFault } from '../../../test/support/fake-vendor.js';
import { FakeVideosdk } from '../../../test/support/fake-videosdk.js';
import { DailyVideoProvider } from './daily/daily.provider.js';
import { DirectVideoProvider } from './direct/direct.provider.js';
import type { OutboundOptions } from '../outbound/outbound.js';
import { VideoUnavailable, VideoWebhookRejected } from './port/video.errors.js';
import type { VideoProvider } from './port/video-provider.js';
import { VideosdkProvider } from './videosdk/videosdk.provider.js';

const SECRET = 'a-secret-canary-for-all-providers-0123456789';

/** A provider, and the vendor behind it, if there is one. */
interface Setup {
  vendor?: FakeVendor & { rooms: Map<string, unknown> };
  create(circuit?: Partial<OutboundOptions>): VideoProvider;
  /** Rooms that people could still enter. */
  open(): number;
}

const SETUPS: Record<string, () => Promise<Setup>> = {
  direct: async () => ({
    create: () => new DirectVideoProvider({ publicUrl: 'https://desk.example', jwtSecret: SECRET }),
    open: () => 0,
  }),
  daily: async () => {
    const vendor = await FakeDaily.start(SECRET);
    const create: Setup['create'] = (circuit) =>
      new DailyVideoProvider({ apiKey: SECRET, apiUrl: vendor.url, circuit: { retryBaseMs: 1, ...circuit } });
    return { vendor, create, open: () => vendor.rooms.size };
  },
  videosdk: async () => {
    const vendor = await FakeVideosdk.start(SECRET);
    const create: Setup['create'] = (circuit) =>
      new VideosdkProvider({
        apiKey: vendor.apiKey,
        secretKey: SECRET,
        apiUrl: vendor.url,
        publicUrl: 'https://desk.example',
        circuit: { retryBaseMs: 1, ...circuit },
      });
    return { vendor, create, open: () => [...vendor.rooms.values()].filter((r) => !r.disabled).length };
  },
};

const inAnHour = () => new Date(Date.now() + 3_600_000);
const room = () => ({ roomName: 'call-c1', callId: 'c1', callType: 'video', expiresAt: inAnHour() }) as const;
const claimsOf = (token: string) => new JwtService().decode<Record<string, unknown>>(token);

async function failureOf(operation: Promise<unknown>): Promise<VideoUnavailable> {
  const error: unknown = await operation.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (error instanceof VideoUnavailable) return error;
  throw error;
}

let setup: Setup;

describe.each(Object.keys(SETUPS))('every provider: %s', (name) => {
  beforeEach(async () => {
    setup = await SETUPS[name]!();
  });
  afterEach(() => setup.vendor?.close());

  it('opens a room, and finds the same one again', async () => {
    const provider = setup.create();
    const first = await provider.createRoom(room());
    expect(first.url).toMatch(/^https:\/\/\S+$/);
    expect(await provider.createRoom(room())).toEqual(first);
    expect((await provider.createRoom({ ...room(), roomName: 'call-c2' })).roomName).not.toBe(first.roomName);
    expect(setup.vendor?.rooms.size ?? 2).toBe(2);
  });

  it('refuses what is over before it begins', async () => {
    const provider = setup.create();
    const past = new Date(Date.now() - 1_000);
    await expect(provider.createRoom({ ...room(), expiresAt: past })).rejects.toThrow(RangeError);
    const token = { ...room(), expiresAt: past, roomName: 'call-c1', role: 'donor', userId: 'd' } as const;
    await expect(provider.issueToken(token)).rejects.toThrow(RangeError);
  });

  it.each(['donor', 'admin'] as const)('gives a %s a token of an hour at most', async (role) => {
    const provider = setup.create();
    const { roomName } = await provider.createRoom(room());
    const expiresAt = new Date(Date.now() + 9 * 3_600_000);
    const token = await provider.issueToken({ ...room(), expiresAt, roomName, role, userId: 'u' });
    const { exp } = claimsOf(token);
    expect(exp).toBeGreaterThan(Date.now() / 1000);
    expect(exp).toBeLessThanOrEqual(Date.now() / 1000 + 3_601);
  });

  it('tells the roles apart', async () => {
    const provider = setup.create();
    const { roomName } = await provider.createRoom(room());
    const rightsOf = async (role: 'donor' | 'admin') => {
      const claims = claimsOf(await provider.issueToken({ ...room(), roomName, role, userId: 'u' }));
      return claims.role ?? claims.o ?? claims.permissions;
    };
    expect(await rightsOf('donor')).not.toEqual(await rightsOf('admin'));
  });

  it('closes a room, twice too, and one that never was', async () => {
    const provider = setup.create();
    const { roomName } = await provider.createRoom(room());
    await provider.closeRoom(roomName);
    expect(setup.open()).toBe(0);
    await provider.closeRoom(roomName);
    await provider.closeRoom('call-never');
  });

  it('believes no webhook that is not signed', async () => {
    const verify = async () => setup.create().verifyWebhook({}, Buffer.from('{}'));
    await expect(verify()).rejects.toThrow(VideoWebhookRejected);
  });

  it('is well', async () => {
    const provider = setup.create();
    await provider.ping();
    expect(provider.health().status).toBe('up');
  });
});

const unavailable: VendorFault = { kind: 'status', status: 503 };
const FAULTS: [string, VendorFault, string][] = [
  ['500', { kind: 'status', status: 500 }, 'server_error'],
  ['429', { kind: 'status', status: 429 }, 'rate_limited'],
  ['garbage with status 200', { kind: 'garbage' }, 'bad_answer'],
  ['an oversize answer', { kind: 'huge', bytes: 70_000 }, 'bad_answer'],
  ['a cut connection', { kind: 'cut' }, 'network'],
  ['an answer cut in the middle', { kind: 'cut-body' }, 'network'],
];

describe.each(['daily', 'videosdk'])('every vendor: %s', (name) => {
  let vendor: NonNullable<Setup['vendor']>;
  beforeEach(async () => {
    setup = await SETUPS[name]!();
    vendor = setup.vendor!;
  });
  afterEach(() => vendor.close());

  it.each(FAULTS)('a passing fault is survived: %s', async (_title, fault) => {
    const provider = setup.create();
    vendor.failNext(fault, fault);
    const { roomName } = await provider.createRoom(room());
    vendor.failNext(fault, fault);
    await provider.closeRoom(roomName);
    expect(setup.open()).toBe(0);
  });

  it.each(FAULTS)('a lasting fault ends after three tries: %s', async (_title, fault, reason) => {
    vendor.failAlways(fault);
    expect(await failureOf(setup.create().createRoom(room()))).toMatchObject({ provider: name, reason });
    expect(vendor.requests).toHaveLength(3);
  });

  it('a slow answer is waited for', async () => {
    vendor.failNext({ kind: 'slow', ms: 50 });
    await setup.create().createRoom(room());
    expect(vendor.requests).toHaveLength(1);
  });

  it('a hanging vendor is given up, try by try and as a whole', async () => {
    vendor.failAlways({ kind: 'hang' });
    expect(await failureOf(setup.create({ tryTimeoutMs: 100 }).createRoom(room()))).toMatchObject({
      reason: 'timeout',
    });
    const patient = setup.create({ tryTimeoutMs: 3_600_000 });
    expect(await failureOf(patient.createRoom(room(), { deadlineMs: 100 }))).toMatchObject({
      reason: 'timeout',
    });
  });

  it('the room of a lost answer is adopted', async () => {
    vendor.failNext({ kind: 'lost-answer' });
    await setup.create().createRoom(room());
    expect(vendor.rooms.size).toBe(1);
  });

  it('a long Retry-After is handed on instead of waited for', async () => {
    vendor.failAlways({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });
    const failure = await failureOf(setup.create().createRoom(room()));
    expect(failure).toMatchObject({ reason: 'rate_limited', retryAfterSeconds: 30 });
    expect(vendor.requests).toHaveLength(1);
  });

  it('a refusal is final', async () => {
    vendor.failAlways({ kind: 'status', status: 400 });
    expect(await failureOf(setup.create().createRoom(room()))).toMatchObject({ reason: 'refused' });
    expect(vendor.requests).toHaveLength(1);
  });

  it('after five failures calls to it are paused, and health says so', async () => {
    vendor.failAlways(unavailable);
    const provider = setup.create();
    await failureOf(provider.createRoom(room()));
    await failureOf(provider.createRoom(room()));
    expect(await failureOf(provider.createRoom(room()))).toMatchObject({ reason: 'paused' });
    expect(vendor.requests).toHaveLength(5);
    expect(provider.health().status).toBe('down');
  });

  it('a wrong key shows in health', async () => {
    vendor.failAlways({ kind: 'status', status: 401 });
    const provider = setup.create();
    expect(await failureOf(provider.ping())).toMatchObject({ reason: 'key_refused' });
    expect(provider.health()).toEqual({ status: 'down', detail: 'The API key was refused.' });
  });

  it.each(FAULTS)('the key stays out of errors, health and inspection: %s', async (_title, fault) => {
    vendor.failAlways(fault.kind === 'status' ? { ...fault, body: { message: `bad key ${SECRET}` } } : fault);
    const provider = setup.create();
    const failure = await failureOf(provider.createRoom(room()));
    const shown = [inspect(failure, { depth: 9, showHidden: true }), JSON.stringify(failure), failure.stack];
    const everything = [...shown, JSON.stringify(provider.health()), inspect(provider, { depth: 9 })].join(
      '\n',
    );
    expect(everything).not.toContain(SECRET);
    expect(failure.message).not.toContain('127.0.0.1');
  });
});

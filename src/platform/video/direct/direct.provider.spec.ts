import { describe, expect, it } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { DirectVideoProvider } from './direct.provider.js';
import { VideoTokenRejected, VideoWebhookRejected } from '../port/video.errors.js';
import type { VideoTokenRequest } from '../port/video-provider.js';

const JWT_SECRET = 'a secret of the direct provider spec 0123456789';
const START = new Date('2030-01-01T10:00:00Z');
const minutes = (count: number): Date => new Date(START.getTime() + count * 60_000);

function setUp(): { provider: DirectVideoProvider; setTime: (time: Date) => void } {
  let time = START;
  const provider = new DirectVideoProvider({
    publicUrl: 'https://desk.example',
    jwtSecret: JWT_SECRET,
    now: () => time,
  });
  return { provider, setTime: (next) => (time = next) };
}

const request = (changes: Partial<VideoTokenRequest> = {}): VideoTokenRequest => ({
  roomName: 'call-c1',
  callId: 'c1',
  role: 'donor',
  userId: 'donor-7',
  callType: 'video',
  expiresAt: minutes(30),
  ...changes,
});

describe('DirectVideoProvider', () => {
  it('opens a room under the name that it is given, every time the same', async () => {
    const { provider } = setUp();
    const room = { roomName: 'call-0192-ab', callType: 'audio', expiresAt: minutes(60) } as const;
    expect(await provider.createRoom(room)).toEqual({
      roomName: 'call-0192-ab',
      url: 'https://desk.example/call/call-0192-ab',
    });
    expect(await provider.createRoom(room)).toEqual(await provider.createRoom(room));
    await expect(provider.closeRoom()).resolves.toBeUndefined();
  });

  it.each(['a/b', '', '../x', 'a b', 'a'.repeat(101)])(
    'refuses %j as the name of a room',
    async (roomName) => {
      const { provider } = setUp();
      await expect(
        provider.createRoom({ roomName, callType: 'video', expiresAt: minutes(1) }),
      ).rejects.toThrow(RangeError);
    },
  );

  it('issues tokens that say who joins which call, and verifies them', async () => {
    const { provider } = setUp();
    const token = await provider.issueToken(request({ role: 'admin', userId: '42', userName: 'Ada' }));
    expect(provider.verifyToken(token)).toMatchObject({
      typ: 'call',
      sub: '42',
      callId: 'c1',
      room: 'call-c1',
      role: 'admin',
      callType: 'video',
      name: 'Ada',
      exp: minutes(30).getTime() / 1000,
    });
  });

  it('lets no token live longer than an hour, and refuses one for the past', async () => {
    const { provider } = setUp();
    const token = await provider.issueToken(request({ expiresAt: minutes(600) }));
    expect(provider.verifyToken(token).exp).toBe(minutes(60).getTime() / 1000);
    await expect(provider.issueToken(request({ expiresAt: minutes(-1) }))).rejects.toThrow(RangeError);
    await expect(provider.issueToken(request({ expiresAt: new Date(NaN) }))).rejects.toThrow(RangeError);
  });

  it('rejects an expired token', async () => {
    const { provider, setTime } = setUp();
    const token = await provider.issueToken(request());
    setTime(minutes(29));
    expect(provider.verifyToken(token).sub).toBe('donor-7');
    setTime(minutes(30));
    expect(() => provider.verifyToken(token)).toThrow(VideoTokenRejected);
  });

  it('shares no key with the tokens of people', async () => {
    const { provider } = setUp();
    const jwt = new JwtService();
    const token = await provider.issueToken(request());
    expect(() => jwt.verify(token, { secret: JWT_SECRET, ignoreExpiration: true })).toThrow(
      'invalid signature',
    );

    const claims = jwt.decode<Record<string, unknown>>(token);
    const forged = jwt.sign(claims, { secret: JWT_SECRET, algorithm: 'HS256' });
    expect(() => provider.verifyToken(forged)).toThrow(VideoTokenRejected);
  });

  it('rejects unsigned, altered and garbled tokens', async () => {
    const { provider } = setUp();
    const token = await provider.issueToken(request());
    const [, payload = '', signature = ''] = token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const header = token.split('.')[0] ?? '';
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const admin = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
    for (const bad of [
      `${none}.${payload}.`,
      `${header}.${admin}.${signature}`,
      '',
      'a.b.c',
      `${header}.${payload}.`,
    ]) {
      expect(() => provider.verifyToken(bad)).toThrow(VideoTokenRejected);
    }
  });

  it('accepts no webhooks and is always up', () => {
    const { provider } = setUp();
    expect(() => provider.verifyWebhook()).toThrow(VideoWebhookRejected);
    expect(provider.health().status).toBe('up');
    expect(provider.local).toBe(true);
  });
});

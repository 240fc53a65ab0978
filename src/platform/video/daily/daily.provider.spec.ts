import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { FakeDaily } from '../../../../test/support/fake-daily.js';
import { DailyVideoProvider, type DailyVideoOptions } from './daily.provider.js';
import { dailyUserId } from './daily-token.js';
import type { VideoTokenRequest } from '../port/video-provider.js';

const NOW = new Date('2035-06-01T12:00:00Z');
const seconds = (time: Date): number => time.getTime() / 1000;
const inMinutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);
const room = { roomName: 'call-c1', callType: 'video', expiresAt: inMinutes(90) } as const;

const tokenRequest = (changes: Partial<VideoTokenRequest> = {}): VideoTokenRequest => ({
  roomName: 'call-c1',
  callId: 'c1',
  role: 'donor',
  userId: 'donor-7',
  userName: 'Grace',
  callType: 'video',
  expiresAt: inMinutes(30),
  ...changes,
});

let daily: FakeDaily;

beforeEach(async () => {
  daily = await FakeDaily.start();
});
afterEach(() => daily.close());

function provider(options: Partial<DailyVideoOptions> = {}): DailyVideoProvider {
  return new DailyVideoProvider({
    apiKey: daily.apiKey,
    apiUrl: daily.url,
    now: () => NOW,
    circuit: { retryBaseMs: 1 },
    ...options,
  });
}

/** Decodes after checking the signature. */
function claimsOf(token: string): Record<string, unknown> {
  return new JwtService().verify(token, { secret: daily.apiKey, algorithms: ['HS256'] });
}

describe('rooms', () => {
  it('opens a private room that ends with the call', async () => {
    const opened = await provider().createRoom(room);
    expect(opened).toEqual({ roomName: 'call-c1', url: 'https://concierge-test.daily.co/call-c1' });
    expect(daily.rooms.get('call-c1')).toMatchObject({
      privacy: 'private',
      config: { exp: seconds(inMinutes(90)), eject_at_room_exp: true, start_video_off: false },
    });
  });

  it('starts audio calls with the camera off', async () => {
    await provider().createRoom({ ...room, callType: 'audio' });
    expect(daily.rooms.get('call-c1')?.config.start_video_off).toBe(true);
  });

  it('gives the same room to a repeated and to a simultaneous request', async () => {
    const [first, second] = await Promise.all([provider().createRoom(room), provider().createRoom(room)]);
    expect(second).toEqual(first);
    expect(await provider().createRoom(room)).toEqual(first);
    expect(daily.rooms.size).toBe(1);
  });

  it('adopts a room of its name only after making it private and giving it our end', async () => {
    const url = 'https://concierge-test.daily.co/call-c1';
    daily.rooms.set('call-c1', { id: 'x', name: 'call-c1', privacy: 'public', url, config: {} });
    await provider().createRoom(room);
    expect(daily.rooms.get('call-c1')).toMatchObject({
      privacy: 'private',
      config: { exp: seconds(inMinutes(90)) },
    });
  });

  it('asks nothing for a call that is over', async () => {
    await expect(provider().createRoom({ ...room, expiresAt: NOW })).rejects.toThrow(RangeError);
    expect(daily.requests).toEqual([]);
  });

  it('closes a room, and is content when it is gone already', async () => {
    await provider().createRoom(room);
    await provider().closeRoom('call-c1');
    expect(daily.rooms.size).toBe(0);
    await provider().closeRoom('call-c1');
    await provider().closeRoom('../meeting-tokens');
    expect(daily.requests.at(-1)?.path).toBe('/v1/rooms/..%2Fmeeting-tokens');
  });
});

describe.each([
  ['from the REST API', false],
  ['self-signed', true],
])('tokens %s', (_title, selfSigned) => {
  const issue = (changes?: Partial<VideoTokenRequest>): Promise<string> =>
    provider({ domainId: selfSigned ? daily.domainId : undefined }).issueToken(tokenRequest(changes));

  it('let a donor into one room, as a guest, until the call ends', async () => {
    const claims = claimsOf(await issue());
    expect(claims).toEqual({
      r: 'call-c1',
      d: daily.domainId,
      iat: expect.any(Number),
      exp: seconds(inMinutes(30)),
      o: false,
      ud: 'donor-7',
      u: 'Grace',
      ejt: true,
      vo: false,
    });
    expect(daily.requests).toHaveLength(selfSigned ? 0 : 1);
  });

  it('make staff the owner', async () => {
    expect(claimsOf(await issue({ role: 'admin', userId: '42' }))).toMatchObject({ o: true, ud: '42' });
  });

  it('live an hour at most', async () => {
    expect(claimsOf(await issue({ expiresAt: inMinutes(500) })).exp).toBe(seconds(inMinutes(60)));
    await expect(issue({ expiresAt: inMinutes(-1) })).rejects.toThrow(RangeError);
  });

  it('start audio calls with the camera off', async () => {
    expect(claimsOf(await issue({ callType: 'audio' })).vo).toBe(true);
  });

  it('leave a blank name out, and shorten ids that are too long for Daily to a stable digest', async () => {
    const userId = 'https://charity.example/donors/0123456789';
    const claims = claimsOf(await issue({ userName: '  ', userId }));
    expect(claims).not.toHaveProperty('u');
    expect(claims.ud).toBe(dailyUserId(userId));
    expect(dailyUserId(userId)).toHaveLength(36);
    expect(dailyUserId(`${userId}0`)).not.toBe(dailyUserId(userId));
  });
});

it('stamps self-signed tokens with its clock', async () => {
  const token = await provider({ domainId: daily.domainId }).issueToken(tokenRequest());
  expect(claimsOf(token).iat).toBe(seconds(NOW));
});

describe('options', () => {
  it.each(['key with blank', 'key\nx-injected: 1', 'schlüssel', ''])(
    'refuses %j as a key, without quoting it',
    (apiKey) => {
      const build = (): DailyVideoProvider => provider({ apiKey });
      expect(build).toThrow('DAILY_API_KEY');
      expect(build).not.toThrow(apiKey || 'nothing to quote');
    },
  );

  it('sends the key over https only, except to this machine', () => {
    expect(() => provider({ apiUrl: 'http://api.daily.example/v1' })).toThrow('https://');
    expect(() => provider({ apiUrl: 'https://api.daily.co/v1/' })).not.toThrow();
  });

  it('refuses a webhook secret that is not base64', () => {
    expect(() => provider({ webhookSecret: '!!' })).toThrow('DAILY_WEBHOOK_SECRET');
  });
});

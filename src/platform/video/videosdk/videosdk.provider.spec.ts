import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { FakeVideosdk } from '../../../../test/support/fake-videosdk.js';
import { VideoUnavailable } from '../port/video.errors.js';
import { VideosdkProvider, type VideosdkOptions } from './videosdk.provider.js';

const NOW = new Date('2035-06-01T12:00:00Z');
const inMinutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);
const room = { roomName: 'call-c1', callId: 'c1', callType: 'video', expiresAt: inMinutes(90) } as const;

let vendor: FakeVideosdk;
beforeEach(async () => {
  vendor = await FakeVideosdk.start();
});
afterEach(() => vendor.close());

function provider(options: Partial<VideosdkOptions> = {}): VideosdkProvider {
  return new VideosdkProvider({
    apiKey: vendor.apiKey,
    secretKey: vendor.secretKey,
    apiUrl: vendor.url,
    publicUrl: 'https://desk.example',
    now: () => NOW,
    circuit: { retryBaseMs: 1 },
    ...options,
  });
}

/** Decodes after checking the signature. */
const claimsOf = (token: string): Record<string, unknown> =>
  new JwtService().verify(token, {
    secret: vendor.secretKey,
    algorithms: ['HS256'],
    clockTimestamp: NOW.getTime() / 1000,
  });

describe('rooms', () => {
  it('are VideoSDK’s own, found again by our name, end by themselves and report to us', async () => {
    const { roomName, url } = await provider().createRoom(room);
    expect(vendor.rooms.get(roomName)).toMatchObject({
      customRoomId: 'call-c1',
      settings: {
        autoCloseConfig: { type: 'session-ends', duration: 90 },
        webhook: {
          endPoint: 'https://desk.example/api/v1/webhooks/videosdk',
          events: ['participant-joined', 'participant-left', 'session-ended'],
        },
      },
    });
    expect(url).toBe(`https://embed.videosdk.live/rtc-js-prebuilt/0.3.43/?meetingId=${roomName}`);
  });

  it('cannot report to an address that is not https', async () => {
    const { roomName } = await provider({ publicUrl: 'http://localhost:5005' }).createRoom(room);
    expect(vendor.rooms.get(roomName)!.settings).not.toHaveProperty('webhook');
  });

  it.each([
    ['another room', { roomId: 'abcd-efgh-ijkl', customRoomId: 'call-c2' }],
    ['a closed room', { roomId: 'abcd-efgh-ijkl', customRoomId: 'call-c1', disabled: true }],
    ['an id that is none', { roomId: '../../x', customRoomId: 'call-c1' }],
  ])('are not believed: %s', async (_title, body) => {
    vendor.failAlways({ kind: 'status', status: 200, body });
    await expect(provider().createRoom(room)).rejects.toMatchObject({ reason: 'bad_answer' });
  });

  it('are closed forever, and anyone who is inside is sent out', async () => {
    const { roomName } = await provider().createRoom(room);
    const kept = vendor.rooms.get(roomName)!;
    kept.session = true;
    await provider().closeRoom(roomName);
    expect(kept).toMatchObject({ session: false, disabled: true });
  });

  it('that could not be closed are not said to be', async () => {
    const { roomName } = await provider().createRoom(room);
    const refusal = { kind: 'status', status: 400 } as const;
    vendor.failNext(refusal, refusal);
    await expect(provider().closeRoom(roomName)).rejects.toMatchObject({ reason: 'refused' });
    expect(vendor.requests.at(-1)!.path).toBe(`/v2/rooms/validate/${roomName}`);
  });
});

describe('tokens', () => {
  const request = { ...room, roomName: 'abcd-efgh-ijkl', userId: '7', expiresAt: inMinutes(30) };

  it.each([
    ['donor', ['allow_join']],
    ['admin', ['allow_join', 'allow_mod']],
  ] as const)('say what a %s may, in one room, as one participant', async (role, permissions) => {
    const claims = claimsOf(await provider().issueToken({ ...request, role }));
    expect(claims).toEqual({
      apikey: vendor.apiKey,
      version: 2,
      permissions,
      roles: ['rtc'],
      roomId: 'abcd-efgh-ijkl',
      participantId: expect.stringMatching(new RegExp(`^${role}-[0-9a-f]{16}$`)),
      iat: NOW.getTime() / 1000,
      exp: inMinutes(30).getTime() / 1000,
    });
    expect(vendor.requests).toEqual([]);
  });

  it('carry the name that our faces show', async () => {
    const token = await provider().issueToken({ ...request, role: 'donor', userName: 'Grace' });
    expect(claimsOf(token).name).toBe('Grace');
  });

  it('that go with our requests open no room and last five minutes', async () => {
    const wrong = provider({ secretKey: 'another-secret-0123456789' });
    await expect(wrong.ping()).rejects.toMatchObject({ reason: 'key_refused' });
    await provider().ping();
  });
});

describe('webhooks', () => {
  const joined = (participantId: string) => ({
    webhookType: 'participant-joined',
    data: { meetingId: 'abcd-efgh-ijkl', sessionId: 's1', participantId, participantName: 'Grace' },
  });
  const deliver = (to: VideosdkProvider, event: object | string) => {
    const { headers, rawBody } = vendor.signWebhook(event);
    return to.verifyWebhook(headers, rawBody);
  };

  it('tell who came and went', async () => {
    const event = joined('admin-0123456789abcdef');
    expect(await deliver(provider(), event)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      at: NOW,
      type: 'participant.joined',
      roomName: 'abcd-efgh-ijkl',
      participant: { sessionId: 'admin-0123456789abcdef', role: 'admin', userName: 'Grace' },
    });
    const left = { ...joined('donor-0123456789abcdef'), webhookType: 'participant-left' };
    expect(await deliver(provider(), left)).toMatchObject({
      type: 'participant.left',
      participant: { role: 'donor' },
    });
  });

  it('tell that it is over', async () => {
    const data = { meetingId: 'abcd-efgh-ijkl', sessionId: 's1', end: '2035-06-01T11:59:00.000Z' };
    expect(await deliver(provider(), { webhookType: 'session-ended', data })).toMatchObject({
      type: 'meeting.ended',
      roomName: 'abcd-efgh-ijkl',
      at: new Date('2035-06-01T11:59:00Z'),
    });
  });

  it('are the same when they say the same, and others when they do not', async () => {
    const [first, again, other] = [
      await deliver(provider(), joined('donor-0123456789abcdef')),
      await deliver(provider(), joined('donor-0123456789abcdef')),
      await deliver(provider(), joined('donor-fedcba9876543210')),
    ];
    expect(again.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
  });

  it.each(['participant-joined by a stranger', 'recording-started'])('are ignored: %s', async (title) => {
    const event = title.startsWith('p') ? joined('recorder') : { webhookType: title, data: {} };
    expect(await deliver(provider(), event)).toMatchObject({ type: 'ignored' });
  });

  it.each([
    ['without a signature', undefined],
    ['with garbage for one', 'garbage'],
    ['with the signature of another body', 'other'],
  ])('are rejected: %s', async (_title, given) => {
    const { rawBody } = vendor.signWebhook(joined('donor-0123456789abcdef'));
    const signature = given === 'other' ? vendor.signWebhook('{}').headers['videosdk-signature'] : given;
    const headers = signature === undefined ? {} : { 'videosdk-signature': signature };
    const reason = given === undefined ? 'unsigned' : 'bad_signature';
    await expect(provider().verifyWebhook(headers, rawBody)).rejects.toMatchObject({ reason });
  });

  it.each(['not json', '{}', '{"webhookType":"session-ended","data":{}}'])(
    'are malformed: %s',
    async (body) => {
      await expect(deliver(provider(), body)).rejects.toMatchObject({ reason: 'malformed' });
    },
  );

  it('ask for the key once, however many come', async () => {
    const one = provider();
    await deliver(one, joined('donor-0123456789abcdef'));
    await deliver(one, joined('donor-fedcba9876543210'));
    expect(vendor.requests).toHaveLength(1);
  });

  it('are verified with the new key when VideoSDK changes it; forgeries cannot make us ask for it in a hurry', async () => {
    let now = NOW;
    const one = provider({ now: () => now });
    await deliver(one, joined('donor-0123456789abcdef'));
    vendor.changeKey();
    await expect(deliver(one, joined('donor-0123456789abcdef'))).rejects.toMatchObject({
      reason: 'bad_signature',
    });
    expect(vendor.requests).toHaveLength(1);
    now = inMinutes(2);
    expect(await deliver(one, joined('donor-0123456789abcdef'))).toMatchObject({
      type: 'participant.joined',
    });
    expect(vendor.requests).toHaveLength(2);
  });

  it('wait when the key cannot be had', async () => {
    vendor.failAlways({ kind: 'status', status: 503 });
    const one = provider();
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(deliver(one, joined('donor-0123456789abcdef'))).rejects.toThrow(VideoUnavailable);
    }
    expect(one.health().status).toBe('up');
    vendor.heal();
    await one.createRoom(room);
  });
});

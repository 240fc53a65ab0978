import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDaily } from '../../../../test/support/fake-daily.js';
import { DailyVideoProvider } from './daily.provider.js';
import type { VideoWebhookRejected } from '../port/video.errors.js';
import type { VideoWebhookEvent } from '../port/video-provider.js';

const NOW = new Date('2035-06-01T12:00:00Z');
const SENT = NOW.getTime() - 1_000;
const at = NOW.getTime() / 1000 - 60;

const joined = {
  version: '1.0.0',
  type: 'participant.joined',
  id: 'ptcpt-join-1',
  payload: { joined_at: at, session_id: 's1', room: 'call-c1', user_id: '42', user_name: 'Ada', owner: true },
  event_ts: at + 1,
};
const left = {
  ...joined,
  type: 'participant.left',
  id: 'ptcpt-left-1',
  payload: { ...joined.payload, duration: 45.5 },
};
const ended = {
  version: '1.0.0',
  type: 'meeting.ended',
  id: 'mtg-end-1',
  payload: { start_ts: at - 600, end_ts: at, meeting_id: 'm1', room: 'call-c1' },
  event_ts: at + 20,
};

let daily: FakeDaily;
let video: DailyVideoProvider;

beforeAll(async () => {
  daily = await FakeDaily.start();
  video = provider(daily.webhookSecret);
});
afterAll(() => daily.close());

function provider(webhookSecret: string | undefined): DailyVideoProvider {
  return new DailyVideoProvider({ apiKey: daily.apiKey, apiUrl: daily.url, webhookSecret, now: () => NOW });
}

function receive(event: object | string, sentAt = SENT): VideoWebhookEvent {
  const { headers, rawBody } = daily.signWebhook(event, sentAt);
  return video.verifyWebhook(headers, rawBody);
}

const rejectedAs = (reason: VideoWebhookRejected['reason']): object =>
  expect.objectContaining({ name: 'VideoWebhookRejected', reason });

describe('authentic deliveries', () => {
  it('tell who joined', () => {
    expect(receive(joined)).toEqual({
      id: 'ptcpt-join-1',
      type: 'participant.joined',
      at: new Date(at * 1000),
      roomName: 'call-c1',
      participant: { sessionId: 's1', userId: '42', userName: 'Ada', role: 'admin' },
    });
  });

  it('tell who left, and when', () => {
    expect(receive(left)).toMatchObject({ type: 'participant.left', at: new Date((at + 45.5) * 1000) });
  });

  it('tell when the meeting ended', () => {
    expect(receive(ended)).toEqual({
      id: 'mtg-end-1',
      type: 'meeting.ended',
      at: new Date(at * 1000),
      roomName: 'call-c1',
    });
  });

  it('take a person without owner flag, id or name for a donor', () => {
    const payload = { session_id: 's2', room: 'call-c1', user_id: null, user_name: null };
    expect(receive({ ...joined, payload })).toMatchObject({
      at: new Date((at + 1) * 1000),
      participant: { sessionId: 's2', role: 'donor' },
    });
  });

  it.each(['recording.started', 'meeting.started', 'something.new'])('of type %s are ignored', (type) => {
    expect(receive({ ...joined, type, payload: { anything: true } })).toEqual({
      id: 'ptcpt-join-1',
      type: 'ignored',
      at: new Date((at + 1) * 1000),
    });
  });

  it('are authentic for five minutes either way, also when their timestamp is in milliseconds', () => {
    expect(receive(joined, NOW.getTime() - 299_000).type).toBe('participant.joined');
    expect(receive(joined, NOW.getTime() + 299_000).type).toBe('participant.joined');
    expect(receive(joined, SENT * 1000).type).toBe('participant.joined');
  });
});

describe('deliveries that must not be believed', () => {
  it('carry no signature', () => {
    const { headers, rawBody } = daily.signWebhook(joined, SENT);
    const { 'x-webhook-signature': signature, 'x-webhook-timestamp': timestamp } = headers;
    expect(() => video.verifyWebhook({}, rawBody)).toThrow(rejectedAs('unsigned'));
    expect(() => video.verifyWebhook({ 'x-webhook-signature': signature }, rawBody)).toThrow(
      rejectedAs('unsigned'),
    );
    expect(() => video.verifyWebhook({ 'x-webhook-timestamp': timestamp }, rawBody)).toThrow(
      rejectedAs('unsigned'),
    );
    const odd = { ...headers, 'x-webhook-timestamp': `${timestamp ?? ''}e0` };
    expect(() => video.verifyWebhook(odd, rawBody)).toThrow(rejectedAs('unsigned'));
  });

  it('are signed by somebody else', () => {
    const { headers, rawBody } = daily.signWebhook(
      joined,
      SENT,
      Buffer.from('another secret').toString('base64'),
    );
    expect(() => video.verifyWebhook(headers, rawBody)).toThrow(rejectedAs('bad_signature'));
    for (const signature of ['', 'x', 'AAAA', 'é'.repeat(44)]) {
      expect(() => video.verifyWebhook({ ...headers, 'x-webhook-signature': signature }, rawBody)).toThrow(
        rejectedAs('bad_signature'),
      );
    }
  });

  it('were altered on the way', () => {
    const { headers, rawBody } = daily.signWebhook(joined, SENT);
    const altered = Buffer.from(rawBody.toString().replace('call-c1', 'call-c2'));
    expect(() => video.verifyWebhook(headers, altered)).toThrow(rejectedAs('bad_signature'));
  });

  it('are old, from the future, or old with a new timestamp', () => {
    expect(() => receive(joined, NOW.getTime() - 301_000)).toThrow(rejectedAs('stale'));
    expect(() => receive(joined, NOW.getTime() + 301_000)).toThrow(rejectedAs('stale'));
    const { headers, rawBody } = daily.signWebhook(joined, NOW.getTime() - 3_600_000);
    const renewed = { ...headers, 'x-webhook-timestamp': String(SENT / 1000) };
    expect(() => video.verifyWebhook(renewed, rawBody)).toThrow(rejectedAs('bad_signature'));
  });

  it.each([
    ['garbled JSON', '{"id": "x", "type": '],
    ['no object', '"participant.joined"'],
    ['no id', { ...joined, id: undefined }],
    ['an endless id', { ...joined, id: 'x'.repeat(201) }],
    ['no room', { ...joined, payload: { session_id: 's1' } }],
    ['a room that is no text', { ...ended, payload: { room: { contains: '' } } }],
    ['an impossible time', { ...ended, payload: { room: 'call-c1', end_ts: 1e300 } }],
  ])('say nothing sensible: %s', (_title, event) => {
    expect(() => receive(event)).toThrow(rejectedAs('malformed'));
  });

  it('are huge', () => {
    expect(() => receive({ ...joined, padding: 'x'.repeat(70_000) })).toThrow(rejectedAs('malformed'));
  });

  it('arrive where no secret is configured', () => {
    const { headers, rawBody } = daily.signWebhook(joined, SENT);
    expect(() => provider(undefined).verifyWebhook(headers, rawBody)).toThrow(rejectedAs('not_configured'));
  });
});

it('answers the check that Daily makes before it hands out a secret', () => {
  for (const body of ['{"test":"test"}', '{ "test": "test" }\n']) {
    expect(provider(undefined).verifyWebhook({}, Buffer.from(body)).type).toBe('ignored');
  }
  expect(() => video.verifyWebhook({}, Buffer.from('{"test":"test","type":"meeting.ended"}'))).toThrow(
    rejectedAs('unsigned'),
  );
});

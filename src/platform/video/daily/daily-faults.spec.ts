import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeDaily } from '../../../../test/support/fake-daily.js';
import type { VendorFault } from '../../../../test/support/fake-vendor.js';
import { DailyVideoProvider } from './daily.provider.js';
import { VideoUnavailable } from '../port/video.errors.js';
import type { OutboundOptions } from '../../outbound/outbound.js';

const room = {
  roomName: 'call-c1',
  callId: 'c1',
  callType: 'video',
  expiresAt: new Date('2035-06-01T12:00:00Z'),
} as const;
const token = { ...room, roomName: 'call-c1', role: 'admin', userId: '42' } as const;

let daily: FakeDaily;

beforeEach(async () => {
  daily = await FakeDaily.start();
});
afterEach(() => daily.close());

function provider(circuit: Partial<OutboundOptions> = {}, apiKey = daily.apiKey): DailyVideoProvider {
  return new DailyVideoProvider({ apiKey, apiUrl: daily.url, circuit: { retryBaseMs: 1, ...circuit } });
}

async function failureOf(operation: Promise<unknown>): Promise<VideoUnavailable> {
  const error: unknown = await operation.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (error instanceof VideoUnavailable) return error;
  throw error;
}

const unavailable: VendorFault = { kind: 'status', status: 503 };
const FAULTS: [string, VendorFault, string][] = [
  ['500', { kind: 'status', status: 500 }, 'server_error'],
  ['503 with a body that is not JSON', { kind: 'status', status: 503, body: '<html>' }, 'server_error'],
  ['429', { kind: 'status', status: 429 }, 'rate_limited'],
  ['garbage with status 200', { kind: 'garbage' }, 'bad_answer'],
  ['an oversize answer', { kind: 'huge', bytes: 70_000 }, 'bad_answer'],
  ['a cut connection', { kind: 'cut' }, 'network'],
  ['an answer cut in the middle', { kind: 'cut-body' }, 'network'],
];

describe('a passing fault', () => {
  it.each(FAULTS)('is survived: %s', async (_title, fault) => {
    daily.failNext(fault, fault);
    expect((await provider().createRoom(room)).roomName).toBe('call-c1');
    daily.failNext(fault, fault);
    expect(await provider().issueToken(token)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    daily.failNext(fault, fault);
    await provider().closeRoom('call-c1');
    expect(daily.rooms.size).toBe(0);
  });

  it('is survived: a hanging server', async () => {
    daily.failNext({ kind: 'hang' });
    expect((await provider({ tryTimeoutMs: 500 }).createRoom(room)).roomName).toBe('call-c1');
    expect(daily.requests).toHaveLength(2);
  });

  it('is survived: a slow server', async () => {
    daily.failNext({ kind: 'slow', ms: 50 });
    expect((await provider().createRoom(room)).roomName).toBe('call-c1');
    expect(daily.requests).toHaveLength(1);
  });
});

describe('a lasting fault', () => {
  it.each(FAULTS)('ends after three tries: %s', async (_title, fault, reason) => {
    daily.failAlways(fault);
    const failure = await failureOf(provider().createRoom(room));
    expect(failure).toMatchObject({ provider: 'daily', reason });
    expect(daily.requests).toHaveLength(3);
  });

  it('ends after three tries: a hanging server', async () => {
    daily.failAlways({ kind: 'hang' });
    expect(await failureOf(provider({ tryTimeoutMs: 500 }).createRoom(room))).toMatchObject({
      reason: 'timeout',
    });
    expect(daily.requests).toHaveLength(3);
  });

  it('ends when nobody listens', async () => {
    const lonely = provider();
    await daily.close();
    expect(await failureOf(lonely.createRoom(room))).toMatchObject({ reason: 'network' });
    daily = await FakeDaily.start();
  });
});

describe('lost answers', () => {
  it('adopts the room that the first try made', async () => {
    daily.failNext({ kind: 'lost-answer' });
    expect(await provider().createRoom(room)).toEqual({
      roomName: 'call-c1',
      url: 'https://concierge-test.daily.co/call-c1',
    });
    expect(daily.requests.map(({ path }) => path)).toEqual(['/v1/rooms', '/v1/rooms', '/v1/rooms/call-c1']);
    expect(daily.rooms.size).toBe(1);
  });

  it('creates the room when the one to adopt has just gone', async () => {
    const exists = { error: 'invalid-request-error', info: 'a room named call-c1 already exists' };
    daily.failNext({ kind: 'status', status: 400, body: exists });
    await provider().createRoom(room);
    expect(daily.requests.map(({ path }) => path)).toEqual(['/v1/rooms', '/v1/rooms/call-c1', '/v1/rooms']);
    expect(daily.rooms.has('call-c1')).toBe(true);
  });

  it('counts a deletion as done', async () => {
    await provider().createRoom(room);
    daily.failNext({ kind: 'lost-answer' });
    await provider().closeRoom('call-c1');
    expect(daily.rooms.size).toBe(0);
  });
});

describe('deadline', () => {
  it('bounds all tries together', async () => {
    daily.failAlways({ kind: 'hang' });
    const patient = provider({ tryTimeoutMs: 3_600_000 });
    expect(await failureOf(patient.createRoom(room, { deadlineMs: 100 }))).toMatchObject({
      reason: 'timeout',
    });
    expect(await failureOf(patient.issueToken(token, { deadlineMs: 100 }))).toMatchObject({
      reason: 'timeout',
    });
    expect(await failureOf(patient.closeRoom('call-c1', { deadlineMs: 100 }))).toMatchObject({
      reason: 'timeout',
    });
  });

  it('gives up at once when the next try would start too late', async () => {
    daily.failAlways(unavailable);
    await failureOf(provider({ retryBaseMs: 3_600_000 }).createRoom(room, { deadlineMs: 60_000 }));
    expect(daily.requests).toHaveLength(1);
  });
});

describe('Retry-After', () => {
  const limited = (retryAfter: string): VendorFault => ({
    kind: 'status',
    status: 429,
    headers: { 'retry-after': retryAfter },
  });

  it('is waited for when it is short', async () => {
    daily.failNext(limited('1'));
    expect((await provider().createRoom(room)).roomName).toBe('call-c1');
    // A deadline before it shows that the pause is really that long: the retry that 1 ms would allow is not made.
    daily.failNext(limited('5'));
    const failure = await failureOf(provider().createRoom(room, { deadlineMs: 4_000 }));
    expect(failure).toMatchObject({ reason: 'rate_limited', retryAfterSeconds: 5 });
  });

  it.each([
    ['in seconds', () => '30', 30],
    ['as a date', () => new Date(Date.now() + 3_600_000).toUTCString(), 3600],
    ['of a year', () => '31536000', 3600],
  ])('is handed to the caller when it is long: %s', async (_title, header, most) => {
    daily.failAlways(limited(header()));
    const { reason, retryAfterSeconds } = await failureOf(provider().createRoom(room));
    expect(reason).toBe('rate_limited');
    expect(retryAfterSeconds).toBeLessThanOrEqual(most);
    expect(retryAfterSeconds).toBeGreaterThan(most - 30);
    expect(daily.requests).toHaveLength(1);
  });

  it('is ignored when it makes no sense', async () => {
    daily.failNext(limited('soon'), limited('-5'), { kind: 'slow', ms: 0 });
    expect((await provider().createRoom(room)).roomName).toBe('call-c1');
  });
});

describe('answers that are not what was asked for', () => {
  const url = 'https://concierge-test.daily.co/call-c1';
  it.each([
    ['another room', { name: 'call-c2', url, privacy: 'private' }],
    ['a public room', { name: 'call-c1', url, privacy: 'public' }],
    ['a link that is not https', { name: 'call-c1', url: 'javascript:alert(1)', privacy: 'private' }],
    ['no room', []],
  ])('are refused: %s', async (_title, body) => {
    daily.failAlways({ kind: 'status', status: 200, body });
    expect(await failureOf(provider().createRoom(room))).toMatchObject({ reason: 'bad_answer' });
  });

  it.each([{ token: '' }, { token: 'not a token' }, { token: 7 }, {}])('are refused: %j', async (body) => {
    daily.failAlways({ kind: 'status', status: 200, body });
    expect(await failureOf(provider().issueToken(token))).toMatchObject({ reason: 'bad_answer' });
  });

  it('may be large, up to the cap', async () => {
    daily.failNext({ kind: 'huge', bytes: 60_000 });
    expect((await provider().createRoom(room)).roomName).toBe('call-c1');
    expect(daily.requests).toHaveLength(1);
  });

  it('never lead the key elsewhere', async () => {
    const elsewhere = await FakeDaily.start();
    daily.failAlways({ kind: 'status', status: 307, headers: { location: `${elsewhere.url}/rooms` } });
    expect(await failureOf(provider().createRoom(room))).toMatchObject({ reason: 'network' });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });
});

describe('refusals', () => {
  it('are not tried again', async () => {
    daily.failAlways({ kind: 'status', status: 400 });
    expect(await failureOf(provider().createRoom(room))).toMatchObject({ reason: 'refused' });
    expect(await failureOf(provider().issueToken(token))).toMatchObject({ reason: 'refused' });
    expect(await failureOf(provider().closeRoom('call-c1'))).toMatchObject({ reason: 'refused' });
    expect(daily.requests).toHaveLength(3);
  });

  it('of the key show in health', async () => {
    const wrong = provider({}, 'some-other-key');
    expect(await failureOf(wrong.createRoom(room))).toMatchObject({ reason: 'key_refused' });
    expect(daily.requests).toHaveLength(1);
    expect(wrong.health()).toEqual({ status: 'down', detail: 'The API key was refused.' });
  });
});

describe('secrets', () => {
  const quoting: typeof FAULTS = [['a refusal', { kind: 'status', status: 400 }, 'refused']];
  it.each([...FAULTS, ...quoting])('stay out of errors, health and inspection: %s', async (_title, fault) => {
    daily.failAlways(
      fault.kind === 'status' ? { ...fault, body: { info: `bad key ${daily.apiKey}` } } : fault,
    );
    const daily2 = provider();
    const failure = await failureOf(daily2.createRoom(room));
    const shown = [inspect(failure, { depth: 9, showHidden: true }), JSON.stringify(failure), failure.stack];
    const everything = [...shown, JSON.stringify(daily2.health()), inspect(daily2, { depth: 9 })].join('\n');
    expect(everything).not.toContain(daily.apiKey);
    expect(failure.message).not.toContain('127.0.0.1');
    expect(failure.cause).toBeUndefined();
  });
});

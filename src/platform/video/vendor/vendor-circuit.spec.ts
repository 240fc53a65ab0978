import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FakeDaily } from '../../../../test/support/fake-daily.js';
import type { VendorFault } from '../../../../test/support/fake-vendor.js';
import { DailyVideoProvider } from '../daily/daily.provider.js';
import type { OutboundOptions } from '../../outbound/outbound.js';

const room = {
  roomName: 'call-c1',
  callId: 'c1',
  callType: 'video',
  expiresAt: new Date('2035-06-01T12:00:00Z'),
} as const;
const broken: VendorFault = { kind: 'status', status: 500 };

let daily: FakeDaily;
let logged: string[];

beforeEach(async () => {
  daily = await FakeDaily.start();
  logged = [];
  const log = (message: unknown): number => logged.push(String(message));
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(log);
  jest.spyOn(Logger.prototype, 'log').mockImplementation(log);
});
afterEach(() => daily.close());

function provider(circuit: Partial<OutboundOptions> = {}): DailyVideoProvider {
  return new DailyVideoProvider({
    apiKey: daily.apiKey,
    apiUrl: daily.url,
    circuit: { retryBaseMs: 1, ...circuit },
  });
}

/** Stops the wall clock, on which the breaker runs; the returned function moves it on. */
function stopClock(): (ms: number) => void {
  let time = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => time);
  return (ms) => (time += ms);
}

async function open(video: DailyVideoProvider): Promise<void> {
  daily.failAlways(broken);
  await expect(video.createRoom(room)).rejects.toMatchObject({ reason: 'server_error' });
  await expect(video.createRoom(room)).rejects.toMatchObject({ reason: 'paused', retryAfterSeconds: 10 });
  expect(daily.requests).toHaveLength(5);
}

describe('circuit breaker', () => {
  it('opens after five failures in a row and then asks nobody', async () => {
    const advance = stopClock();
    const video = provider();
    expect(video.health().status).toBe('up');
    await open(video);
    daily.heal();
    advance(4_000);
    await expect(video.createRoom(room)).rejects.toMatchObject({ reason: 'paused', retryAfterSeconds: 6 });
    await expect(video.closeRoom('call-c1')).rejects.toMatchObject({ reason: 'paused' });
    expect(daily.requests).toHaveLength(5);
    expect(video.health()).toEqual({
      status: 'down',
      detail: 'Paused after 5 failures in a row (server_error); next try in 6 s.',
    });
    expect(logged).toEqual(['daily keeps failing; requests are paused for 10000 ms.']);
  });

  it('closes again when a probe succeeds', async () => {
    const advance = stopClock();
    const video = provider();
    await open(video);
    daily.heal();
    advance(10_000);
    expect(video.health().status).toBe('degraded');
    expect((await video.createRoom(room)).roomName).toBe('call-c1');
    expect(video.health().status).toBe('up');
    expect(logged).toContain('daily answers again.');
    daily.failNext(broken, broken);
    await video.closeRoom('call-c1');
    expect(daily.requests).toHaveLength(9);
  });

  it('stays open when the probe fails: one request a period', async () => {
    const advance = stopClock();
    const video = provider();
    await open(video);
    for (const requests of [6, 7, 8]) {
      advance(10_000);
      await expect(video.createRoom(room)).rejects.toMatchObject({ reason: 'paused' });
      expect(daily.requests).toHaveLength(requests);
    }
    expect(video.health().status).toBe('down');
  });

  it('lets nobody wait for a probe that hangs', async () => {
    const advance = stopClock();
    const video = provider({ tryTimeoutMs: 2_000 });
    await open(video);
    daily.heal();
    daily.failNext({ kind: 'hang' });
    advance(10_000);
    const probe = video.createRoom(room);
    await expect(video.createRoom(room)).rejects.toMatchObject({ reason: 'paused', retryAfterSeconds: 1 });
    await expect(probe).rejects.toMatchObject({ reason: 'paused' });
    expect(daily.requests).toHaveLength(6);
  });

  it('counts failures in a row only', async () => {
    const video = provider({ tries: 1 });
    for (let round = 0; round < 3; round += 1) {
      daily.failNext(broken, broken, broken, broken);
      for (let failure = 0; failure < 4; failure += 1) {
        await expect(video.createRoom(room)).rejects.toMatchObject({ reason: 'server_error' });
      }
      expect(video.health()).toEqual({ status: 'degraded', detail: '4 failure(s) in a row (server_error).' });
      await video.closeRoom('call-c1');
      expect(video.health().status).toBe('up');
    }
  });

  it('does not take a refusal for an outage', async () => {
    const video = provider();
    daily.failAlways({ kind: 'status', status: 400 });
    for (let call = 0; call < 8; call += 1) {
      await expect(video.createRoom(room)).rejects.toMatchObject({ reason: 'refused' });
    }
    expect(daily.requests).toHaveLength(8);
  });

  it('counts operations that a deadline cut off', async () => {
    const video = provider();
    daily.failAlways({ kind: 'hang' });
    for (let call = 0; call < 5; call += 1) {
      await expect(video.createRoom(room, { deadlineMs: 30 })).rejects.toMatchObject({ reason: 'timeout' });
    }
    await expect(video.createRoom(room, { deadlineMs: 30 })).rejects.toMatchObject({ reason: 'paused' });
  });
});

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { CircuitOpen } from './circuit.js';
import { inTime, OutboundTimeout } from './in-time.js';
import { Outbound, type OutboundOptions } from './outbound.js';
import { retryAfterMs } from './retry-after.js';

/** What the service does with a request: answers, hangs, fails, or asks for a pause for some seconds. */
type Mood = 'well' | 'hang' | 'fail' | 'refuse' | { busyFor: number };

class ServiceError extends Error {
  constructor(
    readonly status: number,
    readonly retryAfter: number | undefined,
  ) {
    super(`The service answered ${status}.`);
  }
}

let server: Server;
/** What happens to the next requests, then to all others. */
let moods: Mood[];
let mood: Mood;
/** When each request arrived. */
let arrivals: number[];
/** How many requests the client gave up. */
let abandoned: number;
let logged: string[];
/** The signal of each try, also of those that ended before the service saw them. */
let signals: AbortSignal[];

function serve(_request: IncomingMessage, response: ServerResponse): void {
  arrivals.push(performance.now());
  response.once('close', () => (abandoned += response.writableFinished ? 0 : 1));
  const now = moods.shift() ?? mood;
  if (now === 'hang') return;
  if (typeof now === 'object') response.setHeader('Retry-After', now.busyFor);
  response.statusCode = now === 'well' ? 200 : now === 'refuse' ? 400 : 503;
  response.end();
}

async function ask(signal: AbortSignal): Promise<number> {
  signals.push(signal);
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}`, { signal });
  if (!response.ok)
    throw new ServiceError(response.status, retryAfterMs(response.headers.get('retry-after')));
  return response.status;
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof ServiceError ? error.status : undefined;

const outbound = (options: Partial<OutboundOptions> = {}) =>
  new Outbound(
    'The service',
    {
      isOutage: (error) => error instanceof ServiceError && error.status >= 500,
      retryAfterMs: (error) => (error instanceof ServiceError ? error.retryAfter : undefined),
    },
    { retryBaseMs: 1, ...options },
  );

beforeEach(async () => {
  [moods, mood, arrivals, abandoned, logged, signals] = [[], 'well', [], 0, [], []];
  const log = (message: unknown): number => logged.push(String(message));
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(log);
  jest.spyOn(Logger.prototype, 'log').mockImplementation(log);
  server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function abandonedRequests(count: number): Promise<void> {
  while (abandoned < count) await new Promise(setImmediate);
}

/** Stops the wall clock, on which the breaker runs; the returned function moves it on. */
function stopClock(): (ms: number) => void {
  let time = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => time);
  return (ms) => (time += ms);
}

describe('a timeout', () => {
  it('ends each try, and the request with it', async () => {
    mood = 'hang';
    await expect(outbound({ tryTimeoutMs: 50, tries: 2 }).run(ask)).rejects.toThrow(OutboundTimeout);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    await abandonedRequests(arrivals.length);
  });

  it('ends work that does not obey its signal too', async () => {
    await expect(inTime(20, () => new Promise(() => undefined))).rejects.toThrow('No answer within 0.02 s.');
  });

  it('does not touch an answer that comes in time, nor hide why there is none', async () => {
    expect(await outbound({ tryTimeoutMs: 60_000 }).run(ask)).toBe(200);
    mood = 'refuse';
    await expect(inTime(60_000, ask)).rejects.toThrow('The service answered 400.');
  });
});

describe('retries', () => {
  it('end with an answer', async () => {
    moods = ['fail', 'fail'];
    expect(await outbound({ tries: 3 }).run(ask)).toBe(200);
    expect(arrivals).toHaveLength(3);
  });

  it('end after the last try', async () => {
    mood = 'fail';
    await expect(outbound({ tries: 4 }).run(ask)).rejects.toThrow('The service answered 503.');
    expect(arrivals).toHaveLength(4);
  });

  it('are not made where the caller’s job makes them', async () => {
    mood = 'fail';
    await expect(outbound({ tries: 1 }).run(ask)).rejects.toThrow(ServiceError);
    expect(arrivals).toHaveLength(1);
  });

  it('are not made after a refusal', async () => {
    mood = 'refuse';
    await expect(outbound({ tries: 3 }).run(ask)).rejects.toThrow('The service answered 400.');
    expect(arrivals).toHaveLength(1);
  });

  it('come after pauses that double, and of which at most half is random', async () => {
    mood = 'fail';
    await expect(outbound({ tries: 3, retryBaseMs: 60 }).run(ask)).rejects.toThrow(ServiceError);
    const [first = 0, second = 0, third = 0] = arrivals;
    expect(second - first).toBeGreaterThanOrEqual(29);
    expect(third - second).toBeGreaterThanOrEqual(59);
  });

  it('wait for as long as the service has asked, and are not made when that is too long', async () => {
    moods = [{ busyFor: 1 }];
    const started = performance.now();
    expect(await outbound({ maxRetryAfterMs: 1_000 }).run(ask)).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(999);
    moods = [{ busyFor: 2 }];
    await expect(outbound({ maxRetryAfterMs: 1_000 }).run(ask)).rejects.toThrow(ServiceError);
    expect(arrivals).toHaveLength(3);
  });

  it('have a deadline together', async () => {
    mood = 'hang';
    const patient = outbound({ tries: 3, tryTimeoutMs: 3_600_000 });
    await expect(patient.run(ask, 50)).rejects.toThrow(OutboundTimeout);
    mood = 'fail';
    const slow = outbound({ tries: 3, retryBaseMs: 3_600_000 });
    await expect(slow.run(ask, 60_000)).rejects.toThrow(ServiceError);
    expect(signals).toHaveLength(2);
  });
});

describe('the circuit breaker', () => {
  const fragile = { tries: 1, breakAfter: 2, halfOpenAfterMs: 10_000 };

  async function open(service: Outbound): Promise<void> {
    mood = 'fail';
    for (let failure = 0; failure < 2; failure += 1)
      await expect(service.run(ask)).rejects.toThrow(ServiceError);
    mood = 'well';
    arrivals = [];
  }

  it('opens after some failures in a row, makes no request for a while, then one that probes, and closes', async () => {
    const advance = stopClock();
    const service = outbound(fragile);
    await open(service);
    expect(service.pausedForMs).toBe(10_000);
    advance(9_999);
    await expect(service.run(ask)).rejects.toThrow(CircuitOpen);
    await expect(service.run(ask)).rejects.toMatchObject({ retryAfterMs: 1 });
    expect(arrivals).toEqual([]);
    advance(1);
    expect(service.pausedForMs).toBe(0);
    expect(await service.run(ask)).toBe(200);
    expect(await service.run(ask)).toBe(200);
    expect(logged).toEqual([
      'The service keeps failing; requests are paused for 10000 ms.',
      'The service answers again.',
    ]);
  });

  it('stays open for as long again when the probe fails', async () => {
    const advance = stopClock();
    const service = outbound(fragile);
    await open(service);
    advance(10_000);
    moods = ['fail'];
    await expect(service.run(ask)).rejects.toThrow(ServiceError);
    expect(service.pausedForMs).toBe(10_000);
    await expect(service.run(ask)).rejects.toThrow(CircuitOpen);
    expect(arrivals).toHaveLength(1);
  });

  it('counts failures in a row only, and no refusals', async () => {
    const service = outbound(fragile);
    moods = ['fail', 'well', 'fail', 'refuse', 'refuse', 'refuse', 'well', 'fail'];
    for (const expected of [503, 200, 503, 400, 400, 400, 200, 503])
      expect(await service.run(ask).catch(statusOf)).toBe(expected);
    expect(await service.run(ask)).toBe(200);
  });

  it('counts tries that were too late', async () => {
    const service = outbound({ ...fragile, tryTimeoutMs: 30 });
    mood = 'hang';
    for (let failure = 0; failure < 2; failure += 1)
      await expect(service.run(ask)).rejects.toThrow(OutboundTimeout);
    await expect(service.run(ask)).rejects.toThrow(CircuitOpen);
  });

  it('keeps nobody waiting for a probe that hangs', async () => {
    const advance = stopClock();
    const service = outbound({ ...fragile, tryTimeoutMs: 2_000 });
    await open(service);
    advance(10_000);
    moods = ['hang'];
    const probe = service.run(ask);
    await expect(service.run(ask)).rejects.toThrow(CircuitOpen);
    await expect(probe).rejects.toThrow(OutboundTimeout);
    // Two made it open.
    expect(signals).toHaveLength(3);
  });

  it('reports each try that was made and no other', async () => {
    const tries: unknown[] = [];
    const errors = { isOutage: () => true, onTry: (error: unknown) => tries.push(error) };
    const service = new Outbound('The service', errors, { ...fragile, tries: 2, retryBaseMs: 1 });
    moods = ['well', 'fail', 'fail'];
    await service.run(ask);
    await expect(service.run(ask)).rejects.toThrow(ServiceError);
    await expect(service.run(ask)).rejects.toThrow(CircuitOpen);
    expect(tries).toEqual([undefined, expect.any(ServiceError), expect.any(ServiceError)]);
  });
});

import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { learnTime, serverNow } from './clock.js';

const TRUE_TIME = Date.UTC(2026, 10, 29, 12);
const MINUTE = 60_000;

/** An answer that the server sent at this moment of its own clock. */
const answerOf = (at: number) => new Response(null, { headers: { date: new Date(at).toUTCString() } });

/** How far the time is off when this device shows `device` and the server `TRUE_TIME`. */
const errorAt = (device: number): number => {
  jest.setSystemTime(device);
  return serverNow() - TRUE_TIME;
};

describe('the time of the server', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([0, 10 * MINUTE, -10 * MINUTE, 3_000, -3_000])(
    'is known to a device that is %d ms fast',
    (fast) => {
      jest.useFakeTimers({ now: TRUE_TIME + fast });
      learnTime(answerOf(TRUE_TIME));
      expect(errorAt(TRUE_TIME + fast)).toBe(0);
    },
  );

  it('is as exact as the quickest answer', () => {
    jest.useFakeTimers({ now: TRUE_TIME + MINUTE });
    for (const late of [1_700, 200, 900]) {
      jest.setSystemTime(TRUE_TIME + MINUTE + late);
      learnTime(answerOf(TRUE_TIME));
    }
    expect(errorAt(TRUE_TIME + MINUTE)).toBe(-200);
  });

  it('is learnt again when the clock of the device is put right', () => {
    jest.useFakeTimers({ now: TRUE_TIME - 10 * MINUTE });
    learnTime(answerOf(TRUE_TIME));
    jest.setSystemTime(TRUE_TIME);
    learnTime(answerOf(TRUE_TIME));
    expect(errorAt(TRUE_TIME)).toBe(0);
  });

  it.each(['', 'yesterday'])('stays as it was after an answer whose date is "%s"', (date) => {
    jest.useFakeTimers({ now: TRUE_TIME + MINUTE });
    learnTime(answerOf(TRUE_TIME));
    learnTime(new Response(null, { headers: date === '' ? {} : { date } }));
    expect(errorAt(TRUE_TIME + MINUTE)).toBe(0);
  });
});

import { expect, test } from '@jest/globals';
import { LocalLimitStorage } from './local-limit-storage.js';

const TTL = 60_000;

test('counts up to the limit, refuses beyond it, and begins again when the window ends', () => {
  const storage = new LocalLimitStorage();
  const at = (now: number) => storage.hit('ada', TTL, 2, now);
  expect(at(0)).toEqual({ totalHits: 1, timeToExpire: 60, isBlocked: false, timeToBlockExpire: 0 });
  expect(at(10_000)).toEqual({ totalHits: 2, timeToExpire: 50, isBlocked: false, timeToBlockExpire: 0 });
  expect(at(59_999)).toEqual({ totalHits: 3, timeToExpire: 1, isBlocked: true, timeToBlockExpire: 1 });
  expect(at(60_000)).toMatchObject({ totalHits: 1, isBlocked: false });
});

test('forgets callers whose window has ended', () => {
  const storage = new LocalLimitStorage();
  for (let caller = 0; caller < 1_000; caller += 1) storage.hit(`c${caller}`, TTL, 2, 0);
  expect(storage.size).toBe(1_000);
  storage.hit('late', TTL, 2, 2 * TTL);
  expect(storage.size).toBe(1);
});

test('stays bounded under a flood of addresses', () => {
  const storage = new LocalLimitStorage();
  for (let caller = 0; caller < 100_500; caller += 1) storage.hit(`c${caller}`, TTL, 2, 1_000);
  expect(storage.size).toBe(100_000);
});

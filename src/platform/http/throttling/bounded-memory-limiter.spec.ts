import { expect, test } from '@jest/globals';
import { BoundedMemoryLimiter } from './bounded-memory-limiter.js';

test('counts as its base class does, and refuses with when to come back', async () => {
  const limiter = new BoundedMemoryLimiter({ points: 2, duration: 60 });
  expect(await limiter.consume('ada')).toMatchObject({ consumedPoints: 1 });
  expect(await limiter.consume('ada')).toMatchObject({ consumedPoints: 2 });
  await expect(limiter.consume('ada')).rejects.toMatchObject({ consumedPoints: 3, remainingPoints: 0 });
  expect(await limiter.consume('grace')).toMatchObject({ consumedPoints: 1 });
});

test('stays bounded under a flood of addresses: the oldest are forgotten, the newest are not', async () => {
  const limiter = new BoundedMemoryLimiter({ points: 9, duration: 60 });
  for (let caller = 0; caller < 100_001; caller += 1) await limiter.consume(`c${caller}`);
  expect(limiter.dump().storage).toHaveLength(100_000);
  expect(await limiter.consume('c100000')).toMatchObject({ consumedPoints: 2 });
  expect(await limiter.consume('c0')).toMatchObject({ consumedPoints: 1 });
});

import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EventBus } from './event-bus.js';

declare module './event-bus.js' {
  interface Facts {
    'test.counted': { n: number };
  }
}

const logged: unknown[] = [];

beforeAll(() => {
  const keep = (line: unknown) => void logged.push(line);
  Logger.overrideLogger({ log: keep, warn: keep, error: keep });
});
afterAll(() => {
  Logger.overrideLogger(false);
});

test('tells every listener in order; one that throws is logged and stops nobody', () => {
  const bus = new EventBus();
  const heard: string[] = [];
  bus.on('test.counted', ({ n }) => void heard.push(`a${n}`));
  bus.on('test.counted', () => {
    throw new Error('broken listener');
  });
  const leave = bus.on('test.counted', ({ n }) => void heard.push(`c${n}`));
  bus.publish('test.counted', { n: 1 });
  leave();
  bus.publish('test.counted', { n: 2 });
  expect(heard).toEqual(['a1', 'c1', 'a2']);
  expect(logged).toHaveLength(2);
  expect(logged[0]).toMatchObject({ err: expect.objectContaining({ message: 'broken listener' }) });
});

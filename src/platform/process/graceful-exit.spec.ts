import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { GracefulExit } from './graceful-exit.js';

const EVENTS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'uncaughtException', 'unhandledRejection'] as const;

let exits: unknown[];
let lines: string[];
let before: Map<string, unknown[]>;

beforeEach(() => {
  jest.useFakeTimers();
  before = new Map(EVENTS.map((event) => [event, process.listeners(event as 'SIGTERM')]));
  exits = [];
  lines = [];
  jest.spyOn(process, 'exit').mockImplementation((code) => void exits.push(code) as never);
});
afterEach(() => {
  for (const event of EVENTS)
    for (const listener of process.listeners(event as 'SIGTERM'))
      if (!before.get(event)?.includes(listener)) process.removeListener(event, listener);
  jest.restoreAllMocks();
  jest.useRealTimers();
});

function open(): GracefulExit {
  const write = (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg);
  return new GracefulExit(pino({ base: null }, { write }));
}

test('takes a second signal within two seconds for the first, and a later one as an order to leave at once', () => {
  const exit = open();
  exit.onStop('something slow', () => new Promise(() => undefined));
  process.emit('SIGTERM');
  jest.advanceTimersByTime(1_900);
  process.emit('SIGINT');
  expect(exits).toEqual([]);
  jest.advanceTimersByTime(200);
  process.emit('SIGTERM');
  expect(exits).toEqual([1]);
  expect(lines.slice(0, 2)).toEqual([
    'Got SIGTERM: finishing what is under way.',
    'Got SIGTERM again: leaving at once.',
  ]);
});

test('says how long stopping took, and stops what was started last first', async () => {
  const exit = open();
  const stopped: string[] = [];
  for (const name of ['the database', 'the application'])
    exit.onStop(name, async () => {
      jest.advanceTimersByTime(750);
      stopped.push(name);
    });
  process.emit('SIGTERM');
  await exit.leave(0);
  expect(stopped).toEqual(['the application', 'the database']);
  expect([lines.at(-1), exits]).toEqual(['Stopped after 1.5 s.', [0]]);
});

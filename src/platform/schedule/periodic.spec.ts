import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { PeriodicWork } from './periodic-work.js';
import { Periodic } from './periodic.decorator.js';
import { PeriodicModule } from './periodic.module.js';

const UNDONE = 'the garden is not watered';

/** Waters until it is told to wait, or to fail. */
@Injectable()
class Gardener implements OnModuleDestroy {
  calls = 0;
  atOnce = 0;
  mostAtOnce = 0;
  work: () => Promise<void> | void = () => undefined;
  destroyedWhileAtWork: boolean | undefined;

  @Periodic(5, UNDONE)
  async water(): Promise<void> {
    this.calls += 1;
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    try {
      await this.work();
    } finally {
      this.atOnce -= 1;
    }
  }

  onModuleDestroy(): void {
    this.destroyedWhileAtWork = this.atOnce > 0;
  }
}

let app: TestingModule;
let gardener: Gardener;
let logged: string[] = [];

async function start(): Promise<TestingModule> {
  const module = await Test.createTestingModule({
    imports: [PeriodicModule],
    providers: [Gardener],
  }).compile();
  await module.init();
  return module;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(1);
}

beforeEach(async () => {
  jest.spyOn(Logger.prototype, 'log').mockImplementation((message) => void logged.push(String(message)));
  jest
    .spyOn(Logger.prototype, 'warn')
    .mockImplementation((message) => void logged.push((message as unknown as { msg: string }).msg));
  app = await start();
  gardener = app.get(Gardener);
  // The framework's own words.
  logged = [];
});
afterEach(() => app.close());

it('calls a method again and again', async () => {
  await until(() => gardener.calls >= 3);
});

it('does not call it while an earlier call goes on', async () => {
  let end: () => void = () => undefined;
  gardener.work = () => new Promise((resolve) => (end = resolve));
  await until(() => gardener.atOnce === 1);
  const { calls } = gardener;
  await sleep(50);
  expect(gardener.calls).toBe(calls);
  gardener.work = () => undefined;
  end();
  await until(() => gardener.calls > calls);
  expect(gardener.mostAtOnce).toBe(1);
});

it('logs a failure that lasts once, and that it is over', async () => {
  gardener.work = () => Promise.reject(new Error('no water'));
  const { calls } = gardener;
  await until(() => gardener.calls > calls + 3);
  expect(logged).toEqual([UNDONE]);
  gardener.work = () => undefined;
  await until(() => logged.length > 1);
  expect(logged).toEqual([UNDONE, `Over: ${UNDONE}`]);
});

it('gives its errors to callers that call the method directly', async () => {
  gardener.work = () => Promise.reject(new Error('no water'));
  await expect(gardener.water()).rejects.toThrow('no water');
});

it('begins nothing after the stop, which waits for what goes on', async () => {
  let end: () => void = () => undefined;
  gardener.work = () => new Promise((resolve) => (end = resolve));
  await until(() => gardener.atOnce === 1);
  let stopped = false;
  const stopping = app.get(PeriodicWork).stop();
  void stopping.then(() => (stopped = true));
  await sleep(20);
  expect(stopped).toBe(false);
  end();
  await stopping;
  const { calls } = gardener;
  await app.close();
  await sleep(30);
  expect(gardener.calls).toBe(calls);
  expect(gardener.destroyedWhileAtWork).toBe(false);
});

it('stops the work of its own application only', async () => {
  const other = await start();
  try {
    await app.get(PeriodicWork).stop();
    const { calls } = other.get(Gardener);
    await until(() => other.get(Gardener).calls > calls + 2);
  } finally {
    await other.close();
  }
});

import { Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RecurringTrouble } from '../logging/recurring-trouble.js';

/** One method of one provider that is called again and again. */
interface PeriodicCall {
  trouble: RecurringTrouble;
  running: Promise<void> | undefined;
}

const CALLS = new WeakMap<object, Map<string, PeriodicCall>>();

/**
 * Calls a method of a provider every `ms` milliseconds from when the application has started until it stops. Unlike an `Interval`
 * of @nestjs/schedule alone, it never calls the method while an earlier call goes on, the stop waits for that (`PeriodicWork`), and
 * a failure that lasts is a line in the log when it begins, one now and then, and one when it is over. `undone` says what does not
 * happen meanwhile. Any other code that calls the method calls it directly, and gets its errors.
 */
export function Periodic(ms: number, undone: string) {
  return <Work extends () => unknown>(
    prototype: object,
    method: string,
    { value: work }: TypedPropertyDescriptor<Work>,
  ): void => {
    if (work === undefined) throw new Error(`${method} is no method.`);
    const tick = {
      configurable: true,
      value(this: object): Promise<void> {
        const call = callOf(this, method, undone);
        return (call.running ??= attempt(call, () => work.call(this)));
      },
    };
    const name = `${method} (periodic)`;
    Object.defineProperty(prototype, name, tick);
    // A name of its own: two providers that share an instance would be a mistake, and the schedule refuses it.
    Interval(`${prototype.constructor.name}.${method}`, ms)(prototype, name, tick);
  };
}

/** The periodic calls of a provider that go on now. */
export function runningCallsOf(provider: object): Promise<void>[] {
  return [...(CALLS.get(provider)?.values() ?? [])].flatMap(({ running }) => running ?? []);
}

function callOf(provider: object, method: string, undone: string): PeriodicCall {
  const calls = CALLS.get(provider) ?? new Map<string, PeriodicCall>();
  CALLS.set(provider, calls);
  const logger = new Logger(provider.constructor.name);
  const call = calls.get(method) ?? { trouble: new RecurringTrouble(logger, undone), running: undefined };
  calls.set(method, call);
  return call;
}

async function attempt(call: PeriodicCall, work: () => unknown): Promise<void> {
  try {
    await work();
    call.trouble.succeeded();
  } catch (error) {
    call.trouble.failed(error);
  } finally {
    call.running = undefined;
  }
}

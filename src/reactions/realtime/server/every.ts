import type { Logger } from '@nestjs/common';

/**
 * Does something every `ms` milliseconds, never twice at once; a failure is logged and does not end it.
 * Returns how to stop; the promise resolves when nothing of it is under way any more.
 */
export function every(ms: number, logger: Logger, work: () => Promise<void> | void): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let timer = setTimeout(tick, ms).unref();

  async function once(): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!stopped) logger.warn(`Could not finish this time: ${String(error)}`);
    }
    if (!stopped) timer = setTimeout(tick, ms).unref();
  }

  function tick(): void {
    running = once();
  }

  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

import type { Logger } from 'pino';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** Orchestrators kill after 10 s or later; we are gone by then, one way or the other. */
const PATIENCE_MS = 10_000;
/** A service manager or a terminal signals every process of a group, and a parent passes its own on: that is one signal. */
const SAME_SIGNAL_MS = 2_000;

interface Step {
  name: string;
  stop: () => Promise<void>;
}

/**
 * Ends the process well: a signal stops what was started, last first, within 10 s, and exits 0; a signal more than 2 s after
 * it exits at once. An error that nobody caught is logged and exits 1.
 */
export class GracefulExit {
  private readonly steps: Step[] = [];
  private stopping: Promise<void> | undefined;
  private signalledAt: number | undefined;

  constructor(private readonly logger: Logger) {
    for (const signal of SIGNALS) process.on(signal, () => this.onSignal(signal));
    process.on('uncaughtException', (error) => this.die(error));
    process.on('unhandledRejection', (reason) => this.die(reason));
  }

  /** Registers what must be stopped; call it as soon as there is something to stop. */
  onStop(name: string, stop: () => Promise<void>): void {
    this.steps.push({ name, stop });
  }

  /** Stops everything and exits with `code`; never resolves. */
  async leave(code: number): Promise<void> {
    this.stopping ??= this.stopAll(code);
    await this.stopping;
  }

  private onSignal(signal: string): void {
    if (this.stopping) {
      if (this.sinceSignal() < SAME_SIGNAL_MS) return;
      this.logger.warn(`Got ${signal} again: leaving at once.`);
      process.exit(1);
    }
    this.signalledAt = performance.now();
    this.logger.info(`Got ${signal}: finishing what is under way.`);
    void this.leave(0);
  }

  /** Milliseconds since the first signal; Infinity when there was none. */
  private sinceSignal(): number {
    return performance.now() - (this.signalledAt ?? -Infinity);
  }

  private async stopAll(code: number): Promise<void> {
    setTimeout(() => {
      this.logger.error('Could not finish within 10 s: leaving at once.');
      process.exit(1);
    }, PATIENCE_MS).unref();
    let result = code;
    for (const { name, stop } of this.steps.reverse()) {
      try {
        await stop();
      } catch (error) {
        result = 1;
        this.logger.error({ err: error }, `Could not stop ${name} cleanly`);
      }
    }
    if (this.signalledAt !== undefined)
      this.logger.info(`Stopped after ${(this.sinceSignal() / 1_000).toFixed(1)} s.`);
    process.exit(result);
  }

  private die(error: unknown): void {
    this.logger.fatal({ err: error }, 'An error that nobody caught: leaving.');
    process.exit(1);
  }
}

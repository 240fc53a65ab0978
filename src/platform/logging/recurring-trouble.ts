import type { Logger } from '@nestjs/common';

const EVERY_MS = 30_000;

/** Trouble of something that is tried again and again: one line when it starts, one now and then, one when it is over. */
export class RecurringTrouble {
  private toldAt: number | undefined;

  constructor(
    private readonly logger: Pick<Logger, 'warn' | 'log'>,
    private readonly what: string,
  ) {}

  failed(error: unknown): void {
    const now = Date.now();
    if (this.toldAt !== undefined && now - this.toldAt < EVERY_MS) return;
    this.toldAt = now;
    this.logger.warn({ msg: this.what, err: error });
  }

  succeeded(): void {
    if (this.toldAt === undefined) return;
    this.toldAt = undefined;
    this.logger.log(`Over: ${this.what}`);
  }
}

import { DomainError } from '../../../platform/http/errors/domain-error.js';

const BURST = 30;
const PER_SECOND = 10;

/** How many events one socket may still send: 30 at once, 10 a second after that. */
export class EventBudget {
  private left = BURST;
  private countedAt = performance.now();

  /** Takes one, or throws RATELIMIT. */
  spend(now = performance.now()): void {
    this.left = Math.min(BURST, this.left + ((now - this.countedAt) / 1_000) * PER_SECOND);
    this.countedAt = now;
    if (this.left < 1) throw tooManyEvents();
    this.left -= 1;
  }
}

const tooManyEvents = (): DomainError =>
  new DomainError({
    code: 'RATELIMIT',
    status: 429,
    message: `You are being ratelimited, only ${PER_SECOND} events a second are allowed`,
    retryAfter: 1,
  });

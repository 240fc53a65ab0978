import { DomainError } from '../../platform/http/errors/domain-error.js';

export const remindedLately = (retryAfter: number): DomainError =>
  new DomainError({
    code: 'RATELIMIT',
    status: 429,
    message: `This donor was reminded a moment ago. You can remind them again in ${minutes(retryAfter)}.`,
    retryAfter,
  });

export const nothingToRemindOf = (status: string): DomainError =>
  new DomainError({
    code: 'CONFLICT',
    status: 409,
    message: `This ticket is ${status}: there is nothing to remind the donor of. Reopen it first.`,
    details: { status },
  });

export const donorOutOfReach = (): DomainError =>
  new DomainError({
    code: 'CONFLICT',
    status: 409,
    message: 'This donor cannot be reached: no mail can be sent to them, and they have no phone signed in.',
  });

function minutes(seconds: number): string {
  const count = Math.ceil(seconds / 60);
  return count === 1 ? 'a minute' : `${count} minutes`;
}

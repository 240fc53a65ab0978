import { DomainError, forbidden, unauthorized } from '../../../platform/http/errors/domain-error.js';

export const delegatedTokenMissing = (): DomainError =>
  unauthorized('Send the token that your backend has signed, as `token` or as Authorization: Bearer.');

export const notADonor = (): DomainError =>
  forbidden('This token is for staff. Send it as it is, as Authorization: Bearer.');

/** The same for a link that never was, was used, or is too old. */
export const linkUsedUp = (): DomainError =>
  unauthorized('This link was used already, or is too old. Ask for a new one.');

const DAY_S = 86_400;

export const tooManyLinks = (limit: number): DomainError =>
  new DomainError({
    code: 'RATELIMIT',
    status: 429,
    message: `You are being ratelimited, only ${limit} requests are allowed: this address has been sent enough links for today. Use the last one.`,
    retryAfter: DAY_S,
  });

export const mailNotSetUp = (): DomainError =>
  new DomainError({
    code: 'SERVICE_UNAVAILABLE',
    status: 503,
    message: 'This desk cannot send mail, so there are no links by mail. Write to us in a new conversation.',
  });

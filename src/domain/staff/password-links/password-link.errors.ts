import { DomainError, unavailable } from '../../../platform/http/errors/domain-error.js';

const DAY_S = 86_400;

/** The same for a link that never was, was used or revoked, or is too old. */
export const linkUsedUp = (): DomainError =>
  new DomainError({
    code: 'GONE',
    status: 410,
    message: 'This link was used already, was taken back, or is too old. Ask for a new one.',
  });

export const notThisKind = (): DomainError =>
  new DomainError({
    code: 'CONFLICT',
    status: 409,
    message: 'This link is of the other kind. POST /auth/password-links/check says what it is for.',
  });

/** 503: nothing can be mailed here. */
export const mailNotSetUp = (): DomainError =>
  unavailable('This desk cannot send email. Ask a super admin for a link that sets a new password.', DAY_S);

/** 503: the same, to somebody who can make a link. */
export const inviteByLink = (): DomainError =>
  unavailable('This desk cannot send email. Make a link instead, and pass it on in a safe way.', DAY_S);

export const tooManyMails = (limit: number): DomainError =>
  new DomainError({
    code: 'RATELIMIT',
    status: 429,
    message: `You are being ratelimited, only ${limit} requests are allowed: this address has been sent enough emails for today.`,
    retryAfter: DAY_S,
  });

export const invitedAlready = (): DomainError =>
  new DomainError({
    code: 'CONFLICT',
    status: 409,
    message: 'There is an invitation to this address already. Send it again, or revoke it.',
    errors: [
      {
        location: 'email',
        message: 'There is an invitation to this address already. Send it again, or revoke it.',
        type: 'invited',
      },
    ],
  });

export const deactivated = (): DomainError =>
  new DomainError({
    code: 'CONFLICT',
    status: 409,
    message: 'This account is deactivated. Let the person in again first.',
  });

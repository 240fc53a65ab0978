import type { ErrorCode } from '../../contract/error-codes.js';
import { DomainError, forbidden, unauthorized } from '../../platform/http/errors/domain-error.js';
import type { Actor } from './actor.js';
import type { FirstStep } from './first-step.js';

export const tokenMalformed = (): DomainError =>
  unauthorized('Send the token in this form: Authorization: Bearer <token>.');

export const tokenInvalid = (): DomainError => unauthorized('This token is not valid. Sign in again.');

export const tokenExpired = (): DomainError => unauthorized('Your session has expired. Sign in again.');

/** `reason` says what the trusted backend has to change. */
export const delegatedTokenInvalid = (reason: string): DomainError => unauthorized(reason);

const SIGN_ANEW = 'This person was signed out. Sign a new token, with `iat`, when they sign in again.';

export const delegatedSessionEnded = (): DomainError => unauthorized(SIGN_ANEW);

export const accountInactive = (): DomainError =>
  unauthorized('Your account here was deactivated. A super admin can open it again.');

/** A token that was good once; whose it was goes to the audit log only. */
export class TokenRevoked extends DomainError {
  constructor(
    readonly userId: number,
    message = 'This session was ended. Sign in again.',
  ) {
    super({ code: 'UNAUTHORIZED', status: 401, message });
  }
}

export const delegatedTokenRevoked = (userId: number): DomainError => new TokenRevoked(userId, SIGN_ANEW);

/** Refuses callers who are not staff: 401 to nobody in particular, who may sign in, 403 to a donor, for whom that changes nothing. */
export const staffOnly = (actor: Actor): DomainError =>
  actor.kind === 'link'
    ? unauthorized('This is for staff. Sign in first.')
    : forbidden('This is for staff only.');

export const donorOnly = (): DomainError => unauthorized('Send the donor token that came with your ticket.');

export const superAdminOnly = (): DomainError => forbidden('Only a super admin may do this.');

export const foreignOrigin = (): DomainError => forbidden('This request came from another site.');

/** The same words whether the username, the password or the account was at fault. */
export const loginRefused = (): DomainError => unauthorized('The username or the password is wrong.');

export const signedOut = (): DomainError => unauthorized('You are signed out. Sign in again.');

/** Only told to who knows that password. */
export const oneTimePasswordUsed = (): DomainError =>
  new DomainError({
    code: 'ONE_TIME_PASSWORD_USED',
    status: 401,
    message: 'This one-time password has been used. Ask a super admin for a new one.',
  });

/** For bearers of a delegated token: their backend lets them in, not a password. */
export const passwordNotYours = (): DomainError =>
  forbidden('Sign in here with a password to change it. Your organisation signs you in without one.');

/** Only told to who knows the password. */
export const totpRequired = (): DomainError =>
  new DomainError({
    code: 'TOTP_REQUIRED',
    status: 401,
    message: 'Enter the code of your authenticator app, or a recovery code.',
  });

export const totpRefused = (): DomainError =>
  new DomainError({
    code: 'TOTP_REFUSED',
    status: 401,
    message: 'This code is not right, or was used before. Wait for the next one and try again.',
  });

const FIRST_STEPS: Record<FirstStep, { code: ErrorCode; message: string }> = {
  'change the password': {
    code: 'PASSWORD_CHANGE_REQUIRED',
    message: 'Choose a password of your own first: the one-time password only lets you in to do that.',
  },
  'set up a second factor': {
    code: 'TOTP_ENROLMENT_REQUIRED',
    message: 'Your role needs a second factor. Set it up first.',
  },
};

/** For a login that must do something else first. */
export const firstStepRequired = (step: FirstStep): DomainError =>
  new DomainError({ status: 403, ...FIRST_STEPS[step] });

/** The same where nothing at all is open before: a live connection is refused, or cut. */
export const notBefore = (step: FirstStep): DomainError => unauthorized(FIRST_STEPS[step].message);

export const totpIsOn = (): DomainError =>
  new DomainError({
    code: 'CONFLICT',
    status: 409,
    message: 'Your second factor is on. Turn it off before you set up another.',
  });

export const totpIsOff = (): DomainError =>
  new DomainError({ code: 'CONFLICT', status: 409, message: 'There is no second factor to turn off.' });

export const totpNotBegun = (): DomainError =>
  new DomainError({ code: 'CONFLICT', status: 409, message: 'Start setting up your second factor first.' });

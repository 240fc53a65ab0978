import { type DomainError, forbidden, unauthorized } from '../../platform/http/domain-error.js';

export const tokenMalformed = (): DomainError =>
  unauthorized('Send the token in this form: Authorization: Bearer <token>.');

export const tokenInvalid = (): DomainError => unauthorized('This token is not valid. Sign in again.');

export const tokenExpired = (): DomainError => unauthorized('Your session has expired. Sign in again.');

export const tokenRevoked = (): DomainError => unauthorized('This session was ended. Sign in again.');

export const staffOnly = (): DomainError => unauthorized('This is for staff. Sign in first.');

export const donorOnly = (): DomainError => unauthorized('Send the donor token that came with your ticket.');

export const superAdminOnly = (): DomainError => forbidden('Only a super admin may do this.');

export const foreignOrigin = (): DomainError => forbidden('This request came from another site.');

/** The same words whether the username, the password or the account was at fault. */
export const loginRefused = (): DomainError => unauthorized('The username or the password is wrong.');

export const signedOut = (): DomainError => unauthorized('You are signed out. Sign in again.');

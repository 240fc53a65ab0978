import { DomainError, forbidden, notFound } from '../../platform/http/errors/domain-error.js';
import type { VideoUnavailable } from '../../platform/video/port/video.errors.js';

/** 404: missing, or of somebody else's ticket. */
export const callNotFound = (): DomainError => notFound('Call');

export const callEnded = (): DomainError =>
  new DomainError({ code: 'CALL_ENDED', status: 409, message: 'This call has ended. Start a new one.' });

export const initiatorMismatch = (): DomainError =>
  forbidden('initiatedBy does not fit who you are: admin needs a staff token, donor a donor.');

export const videoUnavailable = (error: VideoUnavailable): DomainError =>
  new DomainError({
    code: 'VIDEO_UNAVAILABLE',
    status: 503,
    message: 'Calls are not available right now. Please try again in a moment, or write a message.',
    retryAfter: error.retryAfterSeconds ?? 5,
  });

export const callRequestNotFound = (): DomainError => notFound('Call request');

/** Somebody was faster, or it is too late; `winner` is who accepted it. */
export const callRequestClosed = (status: string, winner: { id: number; name: string } | null): DomainError =>
  new DomainError({
    code: 'CALL_REQUEST_CLOSED',
    status: 409,
    message:
      winner === null
        ? (CLOSED_REASON[status] ?? 'This call request is over.')
        : `${winner.name} has already taken this call.`,
    details: { status, winner },
  });

const CLOSED_REASON: Partial<Record<string, string>> = {
  CANCELLED: 'The donor took this call request back.',
  EXPIRED: 'This call request has expired.',
  REJECTED: 'This call request was declined.',
};

export const callAlreadyOpen = (): DomainError =>
  new DomainError({ code: 'CONFLICT', status: 409, message: 'A call is open already. Join it instead.' });

export const onlyDonorsRequest = (): DomainError =>
  forbidden('Only donors ask for a call. Start one with POST /calls.');

import { DomainError, forbidden, notFound } from '../../platform/http/domain-error.js';
import type { VideoUnavailable } from '../../platform/video/video.errors.js';

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

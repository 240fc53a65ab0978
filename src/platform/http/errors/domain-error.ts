import type { ErrorCode, FieldError } from '../../../contract/error-codes.js';

interface DomainErrorOptions {
  code: ErrorCode;
  status: number;
  message: string;
  errors?: FieldError[];
  /** Further facts that are safe to show, such as who owns the ticket. */
  details?: Record<string, unknown>;
  /** Seconds after which trying again makes sense; becomes Retry-After. */
  retryAfter?: number;
}

/** A refusal with a code, a status and a message that may be shown. Modules declare theirs in `*.errors.ts`. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly errors: FieldError[] | undefined;
  readonly details: Record<string, unknown>;
  readonly retryAfter: number | undefined;

  constructor(options: DomainErrorOptions) {
    super(options.message);
    this.code = options.code;
    this.status = options.status;
    this.errors = options.errors;
    this.details = options.details ?? {};
    this.retryAfter = options.retryAfter;
  }
}

export const badRequest = (message: string, errors?: FieldError[]): DomainError =>
  new DomainError({ code: 'BAD_REQUEST', status: 400, message, ...(errors && { errors }) });

/** 400 that names one field. */
export const invalidField = (location: string, message: string, type = 'invalid'): DomainError =>
  badRequest(message, [{ location, message, type }]);

export const unauthorized = (message = 'Sign in, or send a valid token.'): DomainError =>
  new DomainError({ code: 'UNAUTHORIZED', status: 401, message });

export const forbidden = (message = 'You may not do this.'): DomainError =>
  new DomainError({ code: 'FORBIDDEN', status: 403, message });

export const notFound = (what = 'Page'): DomainError =>
  new DomainError({ code: 'NOT_FOUND', status: 404, message: `${what} not found.` });

export const unavailable = (message: string, retryAfter = 2): DomainError =>
  new DomainError({ code: 'SERVICE_UNAVAILABLE', status: 503, message, retryAfter });

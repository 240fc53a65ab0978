import { HttpException } from '@nestjs/common';
import type { ErrorCode, FieldError } from '../../../contract/error-codes.js';
import {
  isDatabaseUnavailable,
  isLockTimeout,
  isSerializationOrDeadlock,
  isStatementTimeout,
  isUniqueViolation,
} from '../../database/database.errors.js';
import { isUnstorableValue } from './unstorable-value.js';
import { DomainError } from './domain-error.js';

/** What may be told about a failure, over HTTP and in socket acks. */
export interface SafeError {
  status: number;
  code: ErrorCode;
  message: string;
  errors?: FieldError[];
  /** Further facts that are safe to show; they become top-level fields of the answer. */
  details: Record<string, unknown>;
  /** Seconds. */
  retryAfter?: number;
}

const RETRY_AFTER_S = 2;

const CODE_OF: Record<number, ErrorCode> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATELIMIT',
  503: 'SERVICE_UNAVAILABLE',
};

/** Messages for refusals that the framework words in its own way. */
const MESSAGE_OF: Record<number, string> = {
  404: 'There is nothing at this address.',
  413: 'The request is too large.',
  415: 'Send the body as application/json in UTF-8.',
};

/** Turns anything thrown into what may be shown of it; what it does not know becomes a 500 that says nothing. */
export function toErrorBody(error: unknown): SafeError {
  if (error instanceof DomainError) return fromDomain(error);
  const safe = fromHttp(error) ?? fromDatabase(error);
  return (
    safe ?? {
      status: 500,
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something went wrong on our side.',
      details: {},
    }
  );
}

function fromDomain(error: DomainError): SafeError {
  const { status, code, message, errors, details, retryAfter } = error;
  return {
    status,
    code,
    message,
    details,
    ...(errors && { errors }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Nest's exceptions, and the http-errors of Express and its body parser. */
function fromHttp(error: unknown): SafeError | undefined {
  const status = httpStatus(error);
  if (status === undefined || status < 400) return undefined;
  if (status === 503) return busy('We are busy or restarting. Try again in a moment.');
  if (status >= 500) return undefined;
  const code = CODE_OF[status] ?? 'BAD_REQUEST';
  return { status, code, message: MESSAGE_OF[status] ?? wording(error), details: {} };
}

function httpStatus(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('expose' in error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

function wording(error: unknown): string {
  const cause = error instanceof HttpException ? (error.cause ?? error) : error;
  if (cause instanceof SyntaxError) return 'The body is not valid JSON.';
  if (cause instanceof URIError) return 'The address holds a broken % sequence.';
  return error instanceof Error ? error.message : 'The request is not valid.';
}

function fromDatabase(error: unknown): SafeError | undefined {
  if (isDatabaseUnavailable(error)) return busy('The database is unavailable. Try again in a moment.');
  if (isLockTimeout(error) || isStatementTimeout(error) || isSerializationOrDeadlock(error)) {
    return busy('This took too long because others are at it. Try again in a moment.');
  }
  if (isUniqueViolation(error)) {
    return { status: 409, code: 'CONFLICT', message: 'Something like this exists already.', details: {} };
  }
  if (isUnstorableValue(error)) {
    return {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'A value of this request cannot be stored.',
      details: {},
    };
  }
  return undefined;
}

function busy(message: string): SafeError {
  return { status: 503, code: 'SERVICE_UNAVAILABLE', message, details: {}, retryAfter: RETRY_AFTER_S };
}

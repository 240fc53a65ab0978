import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ErrorBody } from '../../../contract/error-codes.js';
import { DomainError } from './domain-error.js';
import { routeOf } from '../../logging/route-of.js';
import { toErrorBody, type SafeError } from './error-body.js';

/** Answers every failed request in one shape; the reason of a 5xx goes to the log, under the request's id. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const safe = toErrorBody(error);
    if (safe.status >= 500) this.report(error, request, safe.status);
    sendError(safe, request, http.getResponse<Response>());
  }

  /** A fault of ours with its stack; what is unavailable right now in one line; a refusal that a module chose, only at debug. */
  private report(error: unknown, request: Request, status: number): void {
    const line = {
      msg: `${request.method} ${routeOf(request)} failed`,
      requestId: request.requestId,
      status,
    };
    if (error instanceof DomainError) this.logger.debug({ ...line, reason: error.message });
    else if (status === 503) this.logger.warn({ ...line, reason: lastLine(error) });
    else this.logger.error({ ...line, err: error });
  }
}

/** Prisma's messages begin with where the call was made and end with the reason. */
function lastLine(error: unknown): string {
  return String(error).trim().split('\n').at(-1) ?? '';
}

/** Sends a failure as ErrorBody; an answer that is half sent is cut off instead, so that nobody takes it for whole. */
export function sendError(safe: SafeError, request: Request, response: Response): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (safe.retryAfter !== undefined) response.setHeader('Retry-After', Math.ceil(safe.retryAfter));
  response.removeHeader('Content-Disposition');
  response.status(safe.status).json(bodyOf(safe, request));
}

function bodyOf(safe: SafeError, request: Request): ErrorBody {
  return {
    ...safe.details,
    success: false,
    statusCode: safe.status,
    error: safe.code,
    message: safe.message,
    ...(safe.errors && { errors: safe.errors }),
    path: pathOf(request),
    timestamp: new Date().toISOString(),
    requestId: request.requestId,
  };
}

/** Without the query, which may carry what belongs to nobody else. */
function pathOf(request: Request): string {
  const { originalUrl } = request;
  const end = originalUrl.indexOf('?');
  return end === -1 ? originalUrl : originalUrl.slice(0, end);
}

import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ErrorBody } from '../../contract/error-codes.js';
import { toErrorBody } from './error-body.js';

/** Answers every failed request in one shape; the reason of a 5xx goes to the log, under the request's id. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const safe = toErrorBody(error);
    if (safe.status >= 500) this.report(error, request, safe.status);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (safe.retryAfter !== undefined) response.setHeader('Retry-After', Math.ceil(safe.retryAfter));
    response.removeHeader('Content-Disposition');
    response.status(safe.status).json(bodyOf(safe, request));
  }

  private report(error: unknown, request: Request, status: number): void {
    const { method, requestId } = request;
    const path = pathOf(request);
    this.logger.error({ msg: `${method} ${path} failed`, requestId, method, path, status, err: error });
  }
}

function bodyOf(safe: ReturnType<typeof toErrorBody>, request: Request): ErrorBody {
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

import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { DomainError } from '../errors/domain-error.js';
import { toErrorBody } from '../errors/error-body.js';
import { sendError } from '../errors/error.filter.js';

const PATIENCE_MS = 30_000;

/** Gives a body 30 s to arrive; uploads have as long as the server gives any request (server-limits.ts). */
export function bodyDeadline(uploads: RegExp, patience = PATIENCE_MS): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (!request.complete && request.method !== 'GET' && !uploads.test(request.path)) {
      const timer = setTimeout(() => cutOff(request, response), patience);
      request.once('close', () => clearTimeout(timer));
      request.once('end', () => clearTimeout(timer));
    }
    next();
  };
}

function cutOff(request: Request, response: Response): void {
  if (response.headersSent) {
    request.destroy();
    return;
  }
  response.setHeader('Connection', 'close');
  const message = 'The request took too long to arrive.';
  sendError(toErrorBody(new DomainError({ code: 'BAD_REQUEST', status: 408, message })), request, response);
  response.once('finish', () => request.destroy());
}

import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** Long enough for every tracing system's ids, short and plain enough for a log line. */
const SAFE = /^[A-Za-z0-9._:-]{8,128}$/;

/** Names the request: with the caller's `X-Request-Id` when that is harmless, else with a new id; echoes it. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && SAFE.test(given) ? given : randomUUID();
  request.requestId = id;
  response.setHeader('X-Request-Id', id);
  next();
}

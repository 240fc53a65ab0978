import { performance } from 'node:perf_hooks';
import { Injectable, Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { routeOf, templateOf } from './route-of.js';

const SLOW_MS = 1_000;
/** A line per request costs a fifth of all reads; one in a hundred is enough to see what goes on. */
const SAMPLE = 100;

/**
 * Watches every request to its end: counts those in flight, for a clean stop, and logs the slow, the failed (5xx as
 * errors, by the error filter; 4xx at debug) and one in a hundred of the rest.
 */
@Injectable()
export class RequestWatch {
  private readonly logger = new Logger('Http');
  private readonly open = new Set<Response>();
  private seen = 0;
  private closing = false;

  /** Told of every answer, with the route's template where one answered. One listener: this is the hottest of paths. */
  onAnswer: ((method: string, route: string | undefined, status: number, ms: number) => void) | undefined;

  /** Requests that are not answered yet. */
  get inFlight(): number {
    return this.open.size;
  }

  /** From here on every answer, the open ones included, asks its client to reconnect, which leads it elsewhere. */
  closeConnections(): void {
    this.closing = true;
    for (const response of this.open) if (!response.headersSent) response.setHeader('Connection', 'close');
  }

  /** The middleware; the first of all. */
  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    this.open.add(response);
    if (this.closing) response.setHeader('Connection', 'close');
    response.once('close', () => {
      this.open.delete(response);
      this.report(request, response, performance.now() - started);
    });
    next();
  };

  private report(request: Request, response: Response, elapsed: number): void {
    this.onAnswer?.(request.method, templateOf(request), response.statusCode, elapsed);
    this.seen += 1;
    const slow = elapsed > SLOW_MS;
    const failed = response.statusCode >= 400;
    if (!slow && !failed && this.seen % SAMPLE !== 0) return;
    const line = {
      msg: `${request.method} ${routeOf(request)} ${response.statusCode}`,
      requestId: request.requestId,
      ms: Math.round(elapsed),
      ...(slow && { slow }),
    };
    if (slow) this.logger.warn(line);
    else if (failed) this.logger.debug(line);
    else this.logger.log(line);
  }
}

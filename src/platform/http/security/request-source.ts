import { AsyncLocalStorage } from 'node:async_hooks';
import type { NextFunction, Request, Response } from 'express';

/**
 * Where the work that runs now comes from: a request or a socket event from an address, or Concierge itself (jobs, timers,
 * the start). `ip` is `unknown` once the other end of the connection has gone; `userAgent` is what the browser of a request
 * calls itself.
 */
export type RequestSource =
  | { via: 'http' | 'socket'; ip: string; userAgent?: string | undefined }
  | { via: 'process'; ip: null; userAgent?: undefined };

const PROCESS: RequestSource = { via: 'process', ip: null };

const current = new AsyncLocalStorage<RequestSource>();

/** Returns the source of the work that runs now, however deep; nobody needs to hand it on. */
export function requestSource(): RequestSource {
  return current.getStore() ?? PROCESS;
}

/** Runs `work`, and all that it starts, as coming from `source`. */
export function runFrom<T>(source: RequestSource, work: () => T): T {
  return current.run(source, work);
}

/** Runs `work` as Concierge's own, whatever request may have woken it. */
export function runAsProcess<T>(work: () => T): T {
  return current.run(PROCESS, work);
}

/** Binds a listener to the source of now: an emitter calls it from wherever the event is. */
export function bindSource<F extends (...args: never[]) => void>(listener: F): F {
  return AsyncLocalStorage.bind(listener);
}

/** The middleware: everything that a request does comes from its client's address. */
export function rememberSource(request: Request, _response: Response, next: NextFunction): void {
  const { ip = 'unknown', headers } = request;
  runFrom({ via: 'http', ip, userAgent: headers['user-agent'] }, next);
}

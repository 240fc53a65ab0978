import type {
  CorsOptions,
  CorsOptionsDelegate,
} from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Request } from 'express';
import type { Config } from '../../config/config.js';
import { publicOrigin } from '../../config/public-address.js';

const PREFLIGHT_S = 7_200;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const ALLOWED = ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-Request-Id'];
const EXPOSED = [
  // The widget's clock.
  'Date',
  'X-Total-Count',
  'X-Total-Estimated',
  'Link',
  'Retry-After',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Idempotent-Replayed',
  'X-Request-Id',
];

/** The origins that may call us with cookies: our own public address and those of CORS_ORIGINS, exactly. */
export function allowedOrigins(config: Pick<Config, 'publicUrl' | 'corsOrigins'>): string[] {
  return [...new Set([publicOrigin(config), ...config.corsOrigins])];
}

/** Returns whether pages of an origin may read our answers; `origin` is the header as browsers send it. */
export function originCheck(config: Pick<Config, 'publicUrl' | 'corsOrigins'>): (origin: string) => boolean {
  const origins = new Set(allowedOrigins(config));
  return (origin) => origins.has(origin) || origins.has('*');
}

/** CORS by exact allow-list; `*` (refused in production) allows everybody, then without cookies. */
export function corsOptions(config: Config): CorsOptionsDelegate<Request> {
  const origins = allowedOrigins(config);
  const everybody = origins.includes('*');
  const options: CorsOptions = {
    origin: everybody ? '*' : origins,
    credentials: !everybody,
    methods: METHODS,
    allowedHeaders: ALLOWED,
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_S,
    optionsSuccessStatus: 204,
  };
  const sameOrigin: CorsOptions = { origin: false };
  return (request, decide) => decide(null, request.headers.origin === undefined ? sameOrigin : options);
}

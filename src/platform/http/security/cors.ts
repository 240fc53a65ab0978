import type {
  CorsOptions,
  CorsOptionsDelegate,
} from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Request } from 'express';
import type { AllowedOrigins } from './allowed-origins.js';

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

/** CORS by exact allow-list; `*` (refused in production) allows everybody, then without cookies. */
export function corsOptions(origins: AllowedOrigins): CorsOptionsDelegate<Request> {
  const options: CorsOptions = {
    credentials: !origins.everybody,
    methods: METHODS,
    allowedHeaders: ALLOWED,
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_S,
    optionsSuccessStatus: 204,
  };
  const sameOrigin: CorsOptions = { origin: false };
  return (request, decide) => {
    const isCross = request.headers.origin !== undefined;
    const origin = origins.everybody ? '*' : origins.list();
    decide(null, isCross ? { ...options, origin } : sameOrigin);
  };
}

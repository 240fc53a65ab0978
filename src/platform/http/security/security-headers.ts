import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../../config/config.js';
import { isSecure } from '../../config/public-address.js';

const YEAR_S = 31_536_000;

/** Our faces load nothing from elsewhere and nothing inline; only the dashboard's and the widget's calls reach out. */
function policy(relaxed: boolean): Record<string, string[]> {
  const inline = relaxed ? ["'unsafe-inline'"] : [];
  return {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'", ...inline],
    imgSrc: ["'self'", 'data:', 'blob:'],
    mediaSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  };
}

/** Of what a browser may ask a person for, what our pages never use. */
const NEVER_USED = ['geolocation', 'accelerometer', 'gyroscope', 'magnetometer', 'midi', 'payment', 'usb'];

/** A Permissions-Policy that leaves what a call needs to `callers`, and the rest to nobody. */
export function permissions(callers: string): string {
  const ofCalls = ['camera', 'microphone', 'display-capture'].map((feature) => `${feature}=${callers}`);
  return [...ofCalls, ...NEVER_USED.map((feature) => `${feature}=()`)].join(', ');
}

const NO_PERMISSIONS = permissions('()');

/**
 * Security headers of every answer. The strict policy has no `unsafe-inline`; the API's documentation page alone gets
 * inline styles, which Swagger UI needs. HSTS only where the public address is https.
 */
export function securityHeaders(config: Config, docsPath: string): RequestHandler {
  const secure = isSecure(config);
  const build = (relaxed: boolean) =>
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { ...policy(relaxed), ...(secure && { upgradeInsecureRequests: [] }) },
      },
      strictTransportSecurity: secure ? { maxAge: YEAR_S, includeSubDomains: false } : false,
      frameguard: { action: 'deny' },
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      // These speak to browsers that are gone.
      originAgentCluster: false,
      dnsPrefetchControl: false,
      ieNoOpen: false,
      permittedCrossDomainPolicies: false,
      xssFilter: false,
    });
  const strict = build(false);
  const relaxed = build(true);
  return (request, response, next) => {
    // Answers of the API are personal; what may be kept says so itself.
    if (request.path.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Permissions-Policy', NO_PERMISSIONS);
    const chosen = request.path.startsWith(docsPath) ? relaxed : strict;
    chosen(request, response, next);
  };
}

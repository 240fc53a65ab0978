import type { Request } from 'express';

/** A first segment that names a part of the product, e.g. `tickets` or `widget.js`. */
const PLAIN = /^[a-z][a-z.-]{0,39}$/;

/** The route's template where one answered, e.g. `/api/v1/tickets/:id`. */
export function templateOf(request: Request): string | undefined {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : undefined;
}

/**
 * How logs and the audit log name a request: by its route, never by its address, because the id of a ticket may be all it takes
 * to open the ticket, and logs travel. Where no route has answered, what follows the first segment is left out.
 */
export function routeOf(request: Request): string {
  return templateOf(request) ?? outline(request.originalUrl);
}

function outline(url: string): string {
  const prefix = url.startsWith('/api/v1/') ? '/api/v1/' : '/';
  const [first = '', ...rest] = url
    .slice(prefix.length)
    .split(/[?#]/, 1)
    .flatMap((path) => path.split('/'));
  const known = PLAIN.test(first) || first === '' ? first : '…';
  return prefix + known + (rest.length > 0 ? '/…' : '');
}

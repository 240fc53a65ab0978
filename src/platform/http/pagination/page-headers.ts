import { publicPath, type PublicDesk } from '../../config/public-address.js';
import type { Page } from './page.js';
import { pageSize, type PageQuery, type PageSizes } from './page-query.js';

/** The route that answers a list, and what it was asked. */
export interface ListRoute {
  desk: PublicDesk;
  path: `/${string}`;
  query: PageQuery;
  sizes?: PageSizes;
}

/** Returns X-Total-Count and X-Total-Estimated where the list counts, and Link rel=next (RFC 8288) where there is a next page. */
export function pageHeaders(page: Page<unknown>, route: ListRoute): Record<string, string> {
  const { total, totalIsEstimate, nextCursor } = page;
  return {
    ...(total !== undefined && { 'X-Total-Count': String(total) }),
    ...(totalIsEstimate === true && { 'X-Total-Estimated': 'true' }),
    ...(nextCursor !== undefined && { Link: nextLink(route, nextCursor) }),
  };
}

/** Without a host, so that it holds under every name that the desk has. */
function nextLink({ desk, path, query, sizes }: ListRoute, cursor: string): string {
  const next = { ...query, page: undefined, limit: String(pageSize(query, sizes)), cursor };
  const given = Object.entries(next).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return `<${publicPath(desk, path)}?${new URLSearchParams(given).toString()}>; rel="next"`;
}

import { publicPath, type PublicDesk } from '../../config/public-address.js';

/** Rows of a page to somebody who turns pages. */
const PAGE_SIZE = 20;
/** Rows to somebody who asks for no page at all: clients that were written before there were pages expect the whole list. */
const UNPAGED_SIZE = 100;

export const PAGE_SIZE_WORDS = `${PAGE_SIZE} when left out; ${UNPAGED_SIZE} when page and cursor are left out too`;

interface PageQuery {
  limit?: string | undefined;
  page?: string | undefined;
  cursor?: string | undefined;
}

/** How many rows a list answers, as the query parameters say. */
export function pageSize({ limit, page, cursor }: PageQuery): number {
  if (limit !== undefined) return Number(limit);
  return page === undefined && cursor === undefined ? UNPAGED_SIZE : PAGE_SIZE;
}

/** The query of the next page: the same list in pages of the same size, from the cursor on. */
export function nextPage(query: PageQuery, cursor: string): string {
  const next = { ...query, page: undefined, limit: String(pageSize(query)), cursor };
  const given = Object.entries(next).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return new URLSearchParams(given).toString();
}

/** A Link header rel=next (RFC 8288) to a path of ours with this query; without a host, so that it holds under every name. */
export function nextLink(desk: PublicDesk, path: `/${string}`, query: string): string {
  return `<${publicPath(desk, path)}?${query}>; rel="next"`;
}

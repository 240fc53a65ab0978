/** Rows of a page: to somebody who turns pages, and to somebody who asks for no page at all. */
export interface PageSizes {
  paged: number;
  unpaged: number;
}

/** Clients that were written before there were pages expect the whole list. */
const PAGE_SIZES: PageSizes = { paged: 20, unpaged: 100 };

export const PAGE_SIZE_WORDS =
  `${PAGE_SIZES.paged} when left out; ` + `${PAGE_SIZES.unpaged} when page and cursor are left out too`;

/** The query parameters of every list; they stay text until a service reads them. */
export interface PageQuery {
  limit?: string | undefined;
  page?: string | undefined;
  cursor?: string | undefined;
}

/** Returns how many rows a list answers, as the query parameters say. */
export function pageSize({ limit, page, cursor }: PageQuery, sizes = PAGE_SIZES): number {
  if (limit !== undefined) return Number(limit);
  return page === undefined && cursor === undefined ? sizes.unpaged : sizes.paged;
}

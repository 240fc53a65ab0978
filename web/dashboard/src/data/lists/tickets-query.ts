import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, asStaffTicket, type Ticket } from '../api.js';
import { nextCursor } from '../next-cursor.js';
import { orderOf, type ListOrder, type ListSearch } from './list-search.js';

const PAGE_SIZE = 50;

export interface TicketsPage {
  readonly tickets: readonly Ticket[];
  /** How many match. */
  readonly total: number;
  /** There are more than `total`: the server stops counting there. */
  readonly isEstimate: boolean;
  readonly next: string | undefined;
}

/** The orders in the server's words. */
const SORTS = {
  queue: 'queue',
  updated: '-updatedAt',
  created: '-createdAt',
  due: 'callbackDueAt',
} as const satisfies Record<ListOrder, string>;

/** The tickets that match, page by page. */
export function ticketsQuery(search: ListSearch) {
  return infiniteQueryOptions({
    queryKey: ['tickets', search],
    queryFn: ({ pageParam }) => fetchPage(search, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: TicketsPage) => page.next,
  });
}

async function fetchPage(search: ListSearch, cursor: string | undefined): Promise<TicketsPage> {
  const { owner, sort: _, ...filters } = search;
  const sort = SORTS[orderOf(search)];
  const query = {
    ...filters,
    sort,
    ...(owner && { adminId: owner }),
    ...(cursor && { cursor }),
    limit: PAGE_SIZE,
  };
  const request = api.GET('/api/v1/tickets', { params: { query } });
  const tickets = (await answer(request)).map(asStaffTicket);
  const { response } = await request;
  const { headers } = response;
  return {
    tickets,
    total: Number(headers.get('x-total-count') ?? tickets.length),
    isEstimate: headers.get('x-total-estimated') === 'true',
    next: nextCursor(response),
  };
}

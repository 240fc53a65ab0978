import type { PublicDesk } from '../../../platform/config/public-address.js';
import { nextLink, nextPage } from '../../../platform/http/pagination/page-size.js';
import type { ListTicketsDto } from './list-tickets.dto.js';
import type { TicketList } from './tickets.service.js';

/** X-Total-Count, X-Total-Estimated and Link rel=next. */
export function pageHeaders(
  list: Pick<TicketList, 'total' | 'totalIsEstimate' | 'nextCursor'>,
  query: ListTicketsDto,
  desk: PublicDesk,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (list.total !== undefined) headers['X-Total-Count'] = String(list.total);
  if (list.totalIsEstimate) headers['X-Total-Estimated'] = 'true';
  if (list.nextCursor !== null)
    headers.Link = nextLink(desk, '/api/v1/tickets', nextPage(query, list.nextCursor));
  return headers;
}

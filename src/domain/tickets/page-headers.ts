import { nextPage } from '../../platform/http/page-size.js';
import type { ListTicketsDto } from './list-tickets.dto.js';
import type { TicketList } from './tickets.service.js';

/** X-Total-Count, X-Total-Estimated and Link rel=next (RFC 8288), relative so that it holds behind any proxy. */
export function pageHeaders(
  list: Pick<TicketList, 'total' | 'totalIsEstimate' | 'nextCursor'>,
  query: ListTicketsDto,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (list.total !== undefined) headers['X-Total-Count'] = String(list.total);
  if (list.totalIsEstimate) headers['X-Total-Estimated'] = 'true';
  if (list.nextCursor !== null)
    headers.Link = `</api/v1/tickets?${nextPage(query, list.nextCursor)}>; rel="next"`;
  return headers;
}

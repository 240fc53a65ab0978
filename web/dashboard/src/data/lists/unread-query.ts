import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, type Shape } from '../api.js';

export type Unread = Shape<'StaffUnreadResponse'>;
export type UnreadTicket = Shape<'StaffUnreadTicketResponse'>;

/** Staff read the staff's response; the route also describes the donor's. */
const asStaffUnread = (unread: unknown): Unread => unread as Unread;

/** What the person at this dashboard has not read yet; events keep it true. */
export const unreadQuery = queryOptions({
  queryKey: ['unread'],
  queryFn: async () => asStaffUnread(await answer(api.GET('/api/v1/me/unread'))),
  staleTime: Infinity,
});

/** What is unread of one ticket; undefined when it is all read, or nothing is known yet. */
export function useUnreadTicket(ticketId: string): UnreadTicket | undefined {
  const select = ({ tickets }: Unread) => tickets.find((ticket) => ticket.ticketId === ticketId);
  return useQuery({ ...unreadQuery, select }).data;
}

import type { StaffTicket, TicketFiling } from '../../../../../src/contract/events/staff-ticket.js';
import type { Ticket } from '../api.js';
import { isAhead, isInSight, isNewer, rowAfter, type TicketNews } from './ticket-news.js';
import { orderOf, statusesOf, type ListOrder, type ListSearch } from './list-search.js';
import type { TicketsPage } from './tickets-query.js';

/** Whose list it is, and what time it is there, in ms. */
interface Reader {
  readonly id: number;
  readonly now: number;
}

/** The pages of a list with the news in it. Undefined when only the server can tell: it alone searches texts. */
export function pagesAfter(
  pages: readonly TicketsPage[],
  news: TicketNews,
  search: ListSearch,
  reader: Reader,
): TicketsPage[] | undefined {
  if (search.q !== undefined) return undefined;
  const { before, after } = news;
  const known = pages.flatMap(({ tickets }) => tickets).find(({ id }) => id === news.id);
  if (known !== undefined && known.seq >= news.seq) return [...pages];
  const ticket = rowAfter(known, news);
  const [was, is] = [matches(before, search, reader), matches(after, search, reader)];
  const next = pages.map((page) => ({
    ...page,
    total: page.isEstimate ? page.total : page.total + Number(is) - Number(was),
    tickets: page.tickets.filter(({ id }) => id !== news.id),
  }));
  if (!is) return next;
  if (ticket !== undefined) return inserted(next, ticket, search);
  return isShown(pages, news, search) ? undefined : [...pages];
}

/** Whether the list would show the ticket, of which it knows no more than that a message has touched it. */
function isShown(pages: readonly TicketsPage[], news: TicketNews, search: ListSearch): boolean {
  const rows = pages.flatMap(({ tickets }) => tickets);
  const hasMore = pages.at(-1)?.next !== undefined;
  const order = orderOf(search);
  const isByTouch = order === 'queue' || order === 'updated';
  return isInSight(news, isByTouch ? rows : [], { hasMore, precedes: order === 'queue' ? isAhead : isNewer });
}

/** How many donors are to be called back, after the news. */
export function callbacksAfter(count: number, { before, after }: TicketNews): number {
  const owes = (filing: TicketFiling | null): number => Number((filing?.callbackDueAt ?? null) !== null);
  return Math.max(0, count + owes(after) - owes(before));
}

/** The server's filters (ticket-filter.ts), without the search of texts. */
function matches(filing: TicketFiling | null, search: ListSearch, reader: Reader): boolean {
  if (filing === null) return false;
  const { status, priority, category, owner, callback } = search;
  return (
    (status === undefined || statusesOf(status).includes(filing.status)) &&
    (priority === undefined || filing.priority === priority) &&
    (category === undefined || filing.category === category) &&
    (owner === undefined || filing.adminId === ownerOf(owner, reader)) &&
    (callback === undefined || isOwed(filing.callbackDueAt, callback, reader))
  );
}

function ownerOf(owner: string, { id }: Reader): number | null {
  if (owner === 'none') return null;
  return owner === 'me' ? id : Number(owner);
}

function isOwed(dueAt: string | null, callback: 'owed' | 'overdue', { now }: Reader): boolean {
  return dueAt !== null && (callback === 'owed' || Date.parse(dueAt) <= now);
}

/** Before the first that sorts after it; at the end only when everything is loaded, since others may come before it. */
function inserted(pages: readonly TicketsPage[], ticket: StaffTicket, search: ListSearch): TicketsPage[] {
  const precedes = PRECEDES[orderOf(search)];
  const at = pages.findIndex(
    ({ tickets, next }) => next === undefined || tickets.some((row) => precedes(ticket, row)),
  );
  return pages.map((page, index) => {
    if (index !== at) return page;
    const place = page.tickets.findIndex((row) => precedes(ticket, row));
    const before = place === -1 ? page.tickets : page.tickets.slice(0, place);
    return { ...page, tickets: [...before, ticket, ...page.tickets.slice(before.length)] };
  });
}

function isDueFirst(one: Ticket, other: Ticket): boolean {
  const [mine, theirs] = [one.callbackDueAt ?? '', other.callbackDueAt ?? ''];
  return mine === theirs ? one.id < other.id : mine < theirs;
}

function isYounger(one: Ticket, other: Ticket): boolean {
  return one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt;
}

/** As the server sorts. */
const PRECEDES: Readonly<Record<ListOrder, (one: Ticket, other: Ticket) => boolean>> = {
  queue: isAhead,
  updated: isNewer,
  created: isYounger,
  due: isDueFirst,
};

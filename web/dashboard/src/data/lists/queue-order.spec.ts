import { describe, expect, test } from '@jest/globals';
import type { StaffTicket } from '../../../../../src/contract/events/staff-ticket.js';
import { boardAfter } from './board-news.js';
import { pagesAfter } from './list-news.js';
import type { ListSearch } from './list-search.js';
import { ADA, boardOf, ME, pageOf, ticketOf } from './sample-lists.js';
import type { TicketNews } from './ticket-news.js';

const ADMIN = { id: ME, role: 'ADMIN' } as const;

const waiting = (hour: number, priority: StaffTicket['priority'] = 'medium') => ({
  ...{ waitingSince: `2026-11-20T0${hour}:00:00.000Z`, priority },
});
const changed = (minutes: number) => ({ updatedAt: `2026-11-20T10:0${minutes}:00.000Z` });
const known = [
  ticketOf('a', waiting(1, 'urgent')),
  ticketOf('b', waiting(3)),
  ticketOf('c', waiting(5)),
  ticketOf('d', { waitingSince: null }),
];

/** One is new, one becomes urgent, one is answered. */
function newsOf(id: string, fields: Partial<StaffTicket>): TicketNews {
  const before = known.find((ticket) => ticket.id === id) ?? null;
  const ticket = { ...(before ?? ticketOf(id)), ...fields, seq: 2 };
  return { ticket, before, after: ticket };
}
const NEWS = [
  newsOf('e', { ...changed(1), ...waiting(4) }),
  newsOf('f', { ...changed(2), ...waiting(6, 'high') }),
  newsOf('c', { ...changed(3), ...waiting(5, 'urgent') }),
  newsOf('b', { ...changed(4), waitingSince: null }),
];
const ORDER = ['a', 'c', 'f', 'e', 'b', 'd'];

function listAfter(search: ListSearch): string[] {
  const reader = { id: ME, now: 0 };
  const pages = NEWS.reduce((all, news) => pagesAfter(all, news, search, reader) ?? [], [pageOf(known)]);
  return pages.flatMap(({ tickets }) => tickets.map(({ id }) => id));
}

describe('a queue keeps its order: urgency, then who waits longest, then those who do not wait', () => {
  test('on the board', () => {
    const board = NEWS.reduce((last, news) => boardAfter(last, news, ADMIN), boardOf(known));
    expect(board.newTickets.map(({ id }) => id)).toEqual(ORDER);
  });

  test('in lists, unless they are sorted otherwise', () => {
    expect(listAfter({})).toEqual(ORDER);
    expect(listAfter({ sort: 'queue' })).toEqual(ORDER);
    expect(listAfter({ sort: 'updated' }).slice(0, 4)).toEqual(['b', 'c', 'f', 'e']);
  });
});

test('the board of the person’s own tickets takes in what becomes theirs, and nothing else', () => {
  const empty = boardOf([]);
  const reader = { ...ADMIN, isMine: true };
  const free = { ...ticketOf('x', waiting(1)), seq: 1 };
  expect(boardAfter(empty, { ticket: free, before: null, after: free }, reader)).toEqual(empty);
  const own = { ...free, adminId: ME, admin: ADA, status: 'pending' as const, seq: 2 };
  const board = boardAfter(empty, { ticket: own, before: free, after: own }, reader);
  expect(board.pendingTickets).toEqual([own]);
  expect(board.counts).toMatchObject({ new: 0, pending: 1, total: 1, unassigned: { total: 0 } });
  const gone = { ...own, adminId: 9, admin: null, seq: 3 };
  expect(boardAfter(board, { ticket: gone, before: own, after: gone }, reader).counts.total).toBe(0);
});

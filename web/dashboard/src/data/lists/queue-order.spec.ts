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
  return becoming({ ...(before ?? ticketOf(id)), ...fields, seq: 2 }, before);
}

function becoming(ticket: StaffTicket, before: StaffTicket | null): TicketNews {
  const { id, seq, updatedAt: at } = ticket;
  return { id, seq, at, ticket, before, after: ticket };
}

/** A message that changes nothing else of it. */
function touch(before: StaffTicket, minutes: number): TicketNews {
  const { updatedAt: at } = changed(minutes);
  return { id: before.id, seq: before.seq + 1, at, ticket: undefined, before, after: before };
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
    const board = NEWS.reduce((last, news) => boardAfter(last, news, ADMIN)!, boardOf(known));
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
  expect(boardAfter(empty, becoming(free, null), reader)).toEqual(empty);
  const own = { ...free, adminId: ME, admin: ADA, status: 'pending' as const, seq: 2 };
  const board = boardAfter(empty, becoming(own, free), reader)!;
  expect(board.pendingTickets).toEqual([own]);
  expect(board.counts).toMatchObject({ new: 0, pending: 1, total: 1, unassigned: { total: 0 } });
  const gone = { ...own, adminId: 9, admin: null, seq: 3 };
  expect(boardAfter(board, becoming(gone, own), reader)!.counts.total).toBe(0);
});

describe('a message that changes nothing of a ticket but its last change', () => {
  const [a, b, c, d] = known as [StaffTicket, StaffTicket, StaffTicket, StaffTicket];
  const allWait = [a, b, c];
  const notWaiting = [d, ticketOf('e')];

  test('moves the ticket that is loaded, where last changes count', () => {
    const board = boardAfter(boardOf(known), touch(b, 4), ADMIN)!;
    expect(board.newTickets.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(board.newTickets[1]).toMatchObject({ seq: b.seq + 1, ...changed(4) });
    const pages = pagesAfter([pageOf([...known])], touch(b, 4), { sort: 'updated' }, { id: ME, now: 0 })!;
    expect(pages[0]!.tickets.map(({ id }) => id)).toEqual(['b', 'a', 'c', 'd']);
    expect(pages[0]!.total).toBe(4);
  });

  test.each([
    [
      'one that waits keeps its place beyond what is loaded',
      { sort: 'queue' },
      allWait,
      ticketOf('x', waiting(9)),
      true,
    ],
    ['one that does not wait goes before others that do not', {}, notWaiting, ticketOf('x'), false],
    ['the last changed comes first', { sort: 'updated' }, known, ticketOf('x', waiting(9)), false],
    ['of lists by age nothing moves', { sort: 'created' }, known, ticketOf('x'), true],
  ] as [string, ListSearch, StaffTicket[], StaffTicket, boolean][])(
    'of a ticket that is not loaded: %s',
    (_name, search, rows, ticket, isKept) => {
      const pages = [pageOf(rows, 100, 'more')];
      const next = pagesAfter(pages, touch(ticket, 9), search, { id: ME, now: 0 });
      if (isKept) expect(next).toEqual(pages);
      else expect(next).toBeUndefined();
    },
  );

  test('lets the board be loaded again only where it would show the ticket', () => {
    const waits = ticketOf('x', waiting(9));
    const board = boardOf(allWait, 100);
    expect(boardAfter(board, touch(waits, 9), ADMIN)).toEqual(board);
    expect(boardAfter(boardOf(notWaiting, 100), touch(ticketOf('x'), 9), ADMIN)).toBeUndefined();
  });
});

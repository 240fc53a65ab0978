import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { InfiniteQueryObserver, QueryClient, QueryObserver, type InfiniteData } from '@tanstack/react-query';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { TicketEventType } from '../../../../../src/contract/events/event-types.js';
import type { StaffTicket } from '../../../../../src/contract/events/staff-ticket.js';
import type { Dashboard, WaitingCallRequest } from '../api.js';
import type { ListSearch } from './list-search.js';
import type { TicketsPage } from './tickets-query.js';
import { LiveLists } from './live-lists.js';
import { ADA, boardOf, ME, pageOf, ticketOf } from './sample-lists.js';

const DUE = '2026-11-20T12:00:00.000Z';

/** An event beside its place; what more it says follows from its type. */
interface LoggedFacts {
  readonly type: TicketEventType;
  readonly [fact: string]: unknown;
}

/** What this desk has: each list as the server first gives it, the loads of each, and the tickets as they are now. */
class Page {
  readonly client = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: false } } });
  readonly lists = new LiveLists(this.client, { id: ME, role: 'ADMIN' });
  readonly loads: string[] = [];
  readonly #tickets = new Map<string, StaffTicket>();

  async showBoard(board: Dashboard): Promise<void> {
    await this.#show(['dashboard', false], board);
  }

  async showCallbacks(count: number): Promise<void> {
    await this.#show(['tickets', 'callbacks'], count);
  }

  async showRequests(requests: WaitingCallRequest[]): Promise<void> {
    await this.#show(['call-requests'], requests);
  }

  async showList(search: ListSearch, page: TicketsPage): Promise<void> {
    new InfiniteQueryObserver(this.client, {
      queryKey: ['tickets', search],
      queryFn: () => this.#load('tickets', page),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }: TicketsPage) => next,
    }).subscribe(() => undefined);
    await settle();
  }

  get board(): Dashboard {
    return this.client.getQueryData<Dashboard>(['dashboard', false])!;
  }

  list(search: ListSearch): { ids: string[]; total: number } {
    const { pages } = this.client.getQueryData<InfiniteData<TicketsPage>>(['tickets', search])!;
    return { ids: pages.flatMap(({ tickets }) => tickets.map(({ id }) => id)), total: pages[0]!.total };
  }

  /** One transaction: the ticket changes so, and these events tell of it. */
  hear(id: string, changes: Partial<StaffTicket>, ...events: LoggedFacts[]): void {
    const old = this.#tickets.get(id) ?? ticketOf(id);
    const ticket = { ...old, ...changes, seq: old.seq + events.length };
    this.#tickets.set(id, ticket);
    const before = events[0]?.type === 'ticket.created' ? null : old;
    const isTouchOnly =
      'updatedAt' in changes && Object.keys(changes).length === 1 && events.every(isMessage);
    events.forEach((event, index) => {
      this.lists.apply({
        ...{
          ticketId: id,
          seq: old.seq + index + 1,
          at: ticket.updatedAt,
          actor: { type: 'system', id: null },
        },
        ...{ ...(!isTouchOnly && { ticket }), before, ...event },
      } as StaffEventPayload);
    });
  }

  async #show(queryKey: readonly [string, ...unknown[]], data: unknown): Promise<void> {
    const queryFn = () => this.#load(queryKey[0], data);
    new QueryObserver(this.client, { queryKey, queryFn }).subscribe(() => undefined);
    await settle();
  }

  #load<D>(name: string, data: D): Promise<D> {
    this.loads.push(name);
    return Promise.resolve(data);
  }
}

const isMessage = ({ type }: LoggedFacts): boolean => type === 'message.posted';

/** Longer than events wait to be fetched for together. */
const settle = () => jest.advanceTimersByTimeAsync(1_000);

const later = (minutes: number): { updatedAt: string } => ({
  updatedAt: `2026-11-20T10:${String(minutes).padStart(2, '0')}:00.000Z`,
});
const mine = { adminId: ME, admin: ADA } as const;

let page: Page;
beforeEach(() => {
  jest.useFakeTimers();
  page = new Page();
});
afterEach(() => {
  page.lists.stop();
  page.client.clear();
  jest.useRealTimers();
});

describe('lists that are open', () => {
  test('are true after twenty events without a request', async () => {
    const [a, b, c] = [ticketOf('a', later(3)), ticketOf('b', later(2)), ticketOf('c', later(1))];
    await page.showBoard(boardOf([a, b, c]));
    await page.showList({}, pageOf([a, b, c]));
    await page.showList({ owner: 'me' }, pageOf([]));
    await page.showList({ callback: 'owed' }, pageOf([]));
    await page.showCallbacks(0);
    await page.showRequests([]);
    const before = [...page.loads];

    const message: LoggedFacts = { type: 'message.posted' };
    const status: LoggedFacts = { type: 'ticket.status_changed' };
    const call = { requestId: 'r', mode: 'audio' };
    page.hear(
      'a',
      { ...later(11), ...mine, status: 'pending' },
      { type: 'ticket.assigned' },
      message,
      status,
    );
    page.hear('b', { ...later(12), priority: 'urgent' }, { type: 'ticket.priority_changed' });
    page.hear('c', later(13), message);
    page.hear('a', { ...later(14), status: 'waiting_for_donor' }, message, status);
    page.hear('a', { ...later(15), status: 'pending' }, message, status);
    page.hear('b', { ...later(16), tags: ['tax'], team: 'TECHNICAL' }, { type: 'ticket.updated' });
    page.hear('c', later(17), { type: 'call.requested', ...call, message: null, expiresAt: DUE }, message);
    page.hear('c', { ...later(18), callbackDueAt: DUE }, { type: 'call.expired', ...call }, message);
    page.hear('d', later(19), { type: 'ticket.created' });
    page.hear(
      'b',
      { ...later(20), adminId: 9, status: 'transferred' },
      { type: 'ticket.transferred' },
      status,
    );
    page.hear('a', { ...later(21), status: 'resolved' }, status, message);
    page.hear('a', later(21), { type: 'messages.read' });
    await settle();

    expect(page.loads).toEqual(before);
    expect(page.board.newTickets.map(({ id }) => id)).toEqual(['d', 'c']);
    expect(page.board.counts).toMatchObject({ new: 2, pending: 0, transferred: 0, total: 2 });
    expect(page.board.counts.unassigned).toEqual({ new: 2, activeCall: 0, total: 2 });
    expect(page.list({})).toEqual({ ids: ['a', 'b', 'd', 'c'], total: 4 });
    expect(page.list({ owner: 'me' })).toEqual({ ids: ['a'], total: 1 });
    expect(page.list({ callback: 'owed' })).toEqual({ ids: ['c'], total: 1 });
    expect(page.client.getQueryData(['tickets', 'callbacks'])).toBe(1);
    expect(page.client.getQueryData(['call-requests'])).toEqual([]);
  });

  test('show the owner, with picture, that the event names', async () => {
    await page.showBoard(boardOf([ticketOf('a')]));
    page.hear('a', { ...mine, status: 'pending' }, { type: 'ticket.assigned' });
    expect(page.board.pendingTickets).toMatchObject([{ id: 'a', admin: ADA }]);
  });

  test('lose what goes to a colleague, or is deleted', async () => {
    await page.showBoard(boardOf([ticketOf('a'), ticketOf('b')]));
    await page.showList({ owner: 'none' }, pageOf([ticketOf('a'), ticketOf('b')]));
    page.hear('a', { adminId: 9, status: 'pending' }, { type: 'ticket.assigned' });
    page.hear('b', {}, { type: 'ticket.deleted' });
    expect(page.board.counts).toMatchObject({ new: 0, pending: 0, total: 0 });
    expect(page.list({ owner: 'none' })).toEqual({ ids: [], total: 0 });
  });

  test('count a transaction once, and not again what they know', async () => {
    const a = ticketOf('a');
    await page.showBoard(boardOf([a]));
    await page.showList({}, pageOf([{ ...a, seq: 9 }]));
    page.hear('a', { ...mine, status: 'pending' }, { type: 'ticket.assigned' }, { type: 'message.posted' });
    expect(page.board.counts).toMatchObject({ new: 0, pending: 1, total: 1 });
    const known = page.client.getQueryData<InfiniteData<TicketsPage>>(['tickets', {}]);
    expect(known?.pages[0]?.tickets[0]).toMatchObject({ seq: 9, status: 'new' });
  });

  test('ring for a request from its event alone, until it is answered', async () => {
    await page.showRequests([]);
    const call = { requestId: 'r', mode: 'video' };
    page.hear('a', {}, { type: 'call.requested', ...call, message: 'Please ring', expiresAt: DUE });
    const ticket = { number: 'TKT-a', donorName: 'Dora a', subject: 'Help', adminId: null };
    expect(page.client.getQueryData(['call-requests'])).toMatchObject([
      { id: 'r', ticketId: 'a', mode: 'video', message: 'Please ring', expiresAt: DUE, ticket },
    ]);
    page.hear('a', mine, { type: 'ticket.assigned' });
    expect(page.client.getQueryData(['call-requests'])).toMatchObject([{ ticket: { adminId: ME } }]);
    page.hear('a', {}, { type: 'call.accepted', ...call });
    await settle();
    expect(page.client.getQueryData(['call-requests'])).toEqual([]);
    expect(page.loads).toEqual(['call-requests']);
  });
});

describe('lists are loaded again', () => {
  test('after an interruption', async () => {
    await page.showBoard(boardOf([]));
    page.lists.reload();
    await settle();
    expect(page.loads).toEqual(['dashboard', 'dashboard']);
  });

  test('when they search texts, which the server alone can', async () => {
    await page.showList({ q: 'tax' }, pageOf([]));
    page.hear('a', {}, { type: 'ticket.created' });
    page.hear('b', {}, { type: 'ticket.created' });
    await settle();
    expect(page.loads).toEqual(['tickets', 'tickets']);
  });

  test('when little is left of a column that has more than was loaded', async () => {
    const loaded = Array.from({ length: 25 }, (_, index) => ticketOf(`t${index}`));
    await page.showBoard(boardOf(loaded, 60));
    page.hear('t1', { status: 'resolved' }, { type: 'ticket.status_changed' });
    await settle();
    expect(page.loads).toEqual(['dashboard', 'dashboard']);
  });

  test('when an event comes while they are being loaded', async () => {
    await page.showBoard(boardOf([]));
    void page.client.invalidateQueries({ queryKey: ['dashboard'] });
    page.hear('a', {}, { type: 'ticket.created' });
    await settle();
    expect(page.loads).toHaveLength(3);
  });
});

describe('a ticket that is older than all that are loaded', () => {
  test('is counted, and shown only where nothing can come before it', async () => {
    const loaded = [ticketOf('a', later(30))];
    await page.showList({}, pageOf(loaded, 5, 'next'));
    await page.showList({ owner: 'none' }, pageOf(loaded, 1));
    page.hear('z', later(1), { type: 'ticket.created' });
    expect(page.list({})).toEqual({ ids: ['a'], total: 6 });
    expect(page.list({ owner: 'none' })).toEqual({ ids: ['a', 'z'], total: 2 });
  });
});

import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { serverNow } from '../../../../client/clock.js';
import type { Dashboard, WaitingCallRequest } from '../api.js';
import { boardAfter, isShort } from './board-news.js';
import { waitingAfter } from './waiting-news.js';
import type { StaffUser } from '../session/session.js';
import type { ListSearch } from './list-search.js';
import { callbacksAfter, pagesAfter } from './list-news.js';
import type { TicketsPage } from './tickets-query.js';
import { newsOf, type TicketNews } from './ticket-news.js';

type Me = Pick<StaffUser, 'id' | 'role'>;

/** Several events of one moment become one fetch, where one is needed. */
const SETTLE_MS = 200;
const BOARD = 'dashboard';
const TICKETS = 'tickets';
const WAITING = 'call-requests';

/**
 * Keeps every loaded list true from events alone. Loads one again only where events do not tell what it shows: after an
 * interruption, when it searches texts, when tickets beyond those that were loaded come into view, and when a load was under way
 * or had failed, which may have missed the event.
 */
export class LiveLists {
  readonly #client: QueryClient;
  readonly #me: Me;
  readonly #wanted = new Set<string>();
  #timer?: ReturnType<typeof setTimeout>;

  constructor(client: QueryClient, me: Me) {
    this.#client = client;
    this.#me = me;
  }

  apply(event: StaffEventPayload): void {
    this.#applyToWaiting(event);
    const news = newsOf(event);
    if (news !== undefined) {
      this.#applyToBoard(news);
      this.#applyToTickets(news);
    } else if (event.ticket === undefined) this.#want(BOARD, TICKETS);
  }

  /** Something may have been missed. */
  reload(): void {
    this.#want(BOARD, TICKETS, WAITING);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #applyToWaiting(event: StaffEventPayload): void {
    const queryKey = [WAITING];
    this.#client.setQueryData<readonly WaitingCallRequest[]>(
      queryKey,
      (requests) => requests && waitingAfter(requests, event),
    );
    if (event.type.startsWith('call.') && this.#client.isFetching({ queryKey }) > 0) this.#want(WAITING);
  }

  #applyToBoard(news: TicketNews): void {
    for (const isMine of [false, true])
      this.#update<Dashboard>([BOARD, isMine], (board) => {
        const next = boardAfter(board, news, { ...this.#me, isMine });
        if (isShort(next)) this.#want(BOARD);
        return next;
      });
  }

  #applyToTickets(news: TicketNews): void {
    const reader = { id: this.#me.id, now: serverNow() };
    for (const { queryKey } of this.#client.getQueryCache().findAll({ queryKey: [TICKETS] })) {
      const [, search] = queryKey;
      if (isSearch(search)) {
        this.#update<InfiniteData<TicketsPage>>(queryKey, (data) => {
          const pages = pagesAfter(data.pages, news, search, reader);
          return pages && { ...data, pages };
        });
      } else this.#update<number>(queryKey, (count) => callbacksAfter(count, news));
    }
  }

  /** Writes what `change` makes of the data; loads it where that is nothing, or where a load may bring older data. */
  #update<D>(queryKey: Query['queryKey'], change: (data: D) => D | undefined): void {
    const query = this.#client.getQueryCache().find<D>({ queryKey, exact: true });
    if (query === undefined) return;
    const { data, status, fetchStatus, isInvalidated } = query.state;
    const isTrue = status === 'success' && fetchStatus === 'idle' && !isInvalidated;
    const next = isTrue && data !== undefined ? change(data) : undefined;
    if (next === undefined) this.#want(String(queryKey[0]));
    else if (next !== data) query.setData(next);
  }

  #want(...lists: string[]): void {
    for (const list of lists) this.#wanted.add(list);
    this.#timer ??= setTimeout(() => this.#load(), SETTLE_MS);
  }

  /** One that is being loaded waits its turn: somebody may be waiting for that fetch, as for one more page. */
  #load(): void {
    this.#timer = undefined;
    for (const list of [...this.#wanted]) {
      const queryKey = [list];
      if (this.#client.isFetching({ queryKey }) > 0) continue;
      this.#wanted.delete(list);
      void this.#client.invalidateQueries({ queryKey });
    }
    if (this.#wanted.size > 0) this.#want();
  }
}

/** The list of tickets has its filters in its key; the count of callbacks, which is loaded with it, has none. */
function isSearch(search: unknown): search is ListSearch {
  return typeof search === 'object' && search !== null;
}

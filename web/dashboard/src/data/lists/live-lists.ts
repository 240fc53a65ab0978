import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { serverNow } from '../../../../client/clock.js';
import type { Dashboard, WaitingCallRequest } from '../api.js';
import { boardAfter, isShort } from './board-news.js';
import { waitingAfter } from './waiting-news.js';
import type { StaffUser } from '../session/session.js';
import type { ListSearch } from './list-search.js';
import { callbacksAfter, pagesAfter } from './list-news.js';
import { LiveQueries } from './live-queries.js';
import type { TicketsPage } from './tickets-query.js';
import { newsOf, type TicketNews } from './ticket-news.js';

type Me = Pick<StaffUser, 'id' | 'role'>;

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
  readonly #queries: LiveQueries;

  constructor(client: QueryClient, me: Me) {
    this.#client = client;
    this.#me = me;
    this.#queries = new LiveQueries(client);
  }

  apply(event: StaffEventPayload): void {
    this.#applyToWaiting(event);
    const news = newsOf(event);
    if (news !== undefined) {
      this.#applyToBoard(news);
      this.#applyToTickets(news);
    } else if (event.before === undefined) this.#queries.want(BOARD, TICKETS);
  }

  /** Something may have been missed. */
  reload(): void {
    this.#queries.want(BOARD, TICKETS, WAITING);
  }

  stop(): void {
    this.#queries.stop();
  }

  #applyToWaiting(event: StaffEventPayload): void {
    const queryKey = [WAITING];
    this.#client.setQueryData<readonly WaitingCallRequest[]>(
      queryKey,
      (requests) => requests && waitingAfter(requests, event),
    );
    if (event.type.startsWith('call.') && this.#client.isFetching({ queryKey }) > 0)
      this.#queries.want(WAITING);
  }

  #applyToBoard(news: TicketNews): void {
    for (const isMine of [false, true])
      this.#queries.update<Dashboard>([BOARD, isMine], (board) => {
        const next = boardAfter(board, news, { ...this.#me, isMine });
        if (next !== undefined && isShort(next)) this.#queries.want(BOARD);
        return next;
      });
  }

  #applyToTickets(news: TicketNews): void {
    const reader = { id: this.#me.id, now: serverNow() };
    for (const { queryKey } of this.#client.getQueryCache().findAll({ queryKey: [TICKETS] })) {
      const [, search] = queryKey;
      if (isSearch(search)) {
        this.#queries.update<InfiniteData<TicketsPage>>(queryKey, (data) => {
          const pages = pagesAfter(data.pages, news, search, reader);
          return pages && { ...data, pages };
        });
      } else this.#queries.update<number>(queryKey, (count) => callbacksAfter(count, news));
    }
  }
}

/** The list of tickets has its filters in its key; the count of callbacks, which is loaded with it, has none. */
function isSearch(search: unknown): search is ListSearch {
  return typeof search === 'object' && search !== null;
}

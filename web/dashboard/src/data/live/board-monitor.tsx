import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { connection } from './live.js';

/** Several events of one moment become one fetch. */
const SETTLE_MS = 200;
const LISTS = ['dashboard', 'tickets'];
const CALLS = 'call-requests';

/** Keeps every list of the page true while it is open, and tells the ringing of call requests. */
export function useBoardMonitor(onEvent: (event: StaffEventPayload) => void): void {
  const client = useQueryClient();
  useEffect(() => {
    const refresher = new Refresher(client);
    const monitor = connection.monitor({
      onEvent: (event) => {
        onEvent(event);
        refresher.want(...LISTS, ...(event.type.startsWith('call.') ? [CALLS] : []));
      },
      onResync: () => refresher.want(...LISTS, CALLS),
    });
    return () => {
      refresher.stop();
      monitor.close();
    };
  }, [client, onEvent]);
}

/**
 * Loads lists again. One that is being loaded waits its turn: that fetch may have begun before the event, and somebody
 * may be waiting for it, as for one more page.
 */
class Refresher {
  readonly #client: QueryClient;
  readonly #wanted = new Set<string>();
  #timer?: ReturnType<typeof setTimeout>;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  want(...lists: string[]): void {
    for (const list of lists) this.#wanted.add(list);
    this.#timer ??= setTimeout(() => this.#load(), SETTLE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #load(): void {
    this.#timer = undefined;
    for (const list of [...this.#wanted]) {
      const queryKey = [list];
      if (this.#client.isFetching({ queryKey }) > 0) continue;
      this.#wanted.delete(list);
      void this.#client.invalidateQueries({ queryKey });
    }
    if (this.#wanted.size > 0) this.want();
  }
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { TicketEventPayload } from '../../../../src/contract/ticket-events.js';
import { connection } from './live.js';

/** Several events of one moment become one fetch. */
const SETTLE_MS = 250;
const LISTS = [['dashboard'], ['tickets']];

/** Keeps every list of the page true while it is open, and tells the ringing of call requests. */
export function useBoardMonitor(onEvent: (event: TicketEventPayload) => void): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      timer = undefined;
      // A fetch under way may have begun before the event, and somebody may be waiting for it: ours comes after it.
      if (LISTS.some((queryKey) => client.isFetching({ queryKey }) > 0)) refresh();
      else for (const queryKey of LISTS) void client.invalidateQueries({ queryKey });
    };
    const refresh = (): void => {
      timer ??= setTimeout(load, SETTLE_MS);
    };
    const monitor = connection.monitor({
      onEvent: (event) => {
        onEvent(event);
        refresh();
      },
      onResync: () => {
        refresh();
        void client.invalidateQueries({ queryKey: ['call-requests'] });
      },
    });
    return () => {
      clearTimeout(timer);
      monitor.close();
    };
  }, [client, onEvent]);
}

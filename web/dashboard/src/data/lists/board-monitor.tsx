import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { useMe } from '../session/use-session.js';
import { LiveLists } from './live-lists.js';
import { connection } from '../live/live.js';
import { noteSlow } from '../live/trouble.js';

/** Keeps every list of the page true while it is open. `onEvent` is told before the lists are. */
export function useBoardMonitor(onEvent: (event: StaffEventPayload) => void): void {
  const client = useQueryClient();
  const { id, role } = useMe();
  useEffect(() => {
    const lists = new LiveLists(client, { id, role });
    const monitor = connection.monitor({
      onEvent: (event) => {
        onEvent(event);
        lists.apply(event);
      },
      onResync: () => lists.reload(),
      onState: (state) => noteSlow(lists, state === 'degraded'),
    });
    return () => {
      lists.stop();
      monitor.close();
      noteSlow(lists, false);
    };
  }, [client, id, role, onEvent]);
}

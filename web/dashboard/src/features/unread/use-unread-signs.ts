import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { UnreadPayload } from '../../../../../src/contract/socket-events.js';
import { fieldsOf } from '../../../../client/failure.js';
import { LiveQueries } from '../../data/lists/live-queries.js';
import { isNews, unreadAfter, unreadAfterSeen } from '../../data/lists/unread-news.js';
import { unreadQuery, type Unread } from '../../data/lists/unread-query.js';
import { connection } from '../../data/live/live.js';
import { useMe } from '../../data/session/use-session.js';
import { showDot } from '../../ui/page-icon.js';
import { setTitle } from '../../ui/page-title.js';
import { useSounds } from './use-sounds.js';

/** Keeps what is unread true from events, and shows the count in the title of the page and a dot on its icon; plays a sound for what is new. */
export function useUnreadSigns(count: string): void {
  const client = useQueryClient();
  const { id } = useMe();
  const play = useSounds();
  useEffect(() => follow(client, id, play), [client, id, play]);
  useEffect(() => {
    setTitle({ count });
    showDot(count !== '');
    return () => {
      setTitle({ count: '' });
      showDot(false);
    };
  }, [count]);
}

function follow(client: QueryClient, myId: number, play: (event: StaffEventPayload) => void): () => void {
  const queries = new LiveQueries(client);
  const { queryKey } = unreadQuery;
  const monitor = connection.monitor({
    onEvent: (event) => {
      queries.update<Unread>(queryKey, (unread) => unreadAfter(unread, event, myId));
      if (isNews(event)) play(event);
    },
    onResync: () => queries.want(...queryKey),
  });
  const stop = connection.on('unread', (payload) => {
    const seen = toSeen(payload);
    if (seen) queries.update<Unread>(queryKey, (unread) => unreadAfterSeen(unread, seen));
  });
  return () => {
    stop();
    monitor.close();
    queries.stop();
  };
}

function toSeen(payload: unknown): UnreadPayload | undefined {
  const { ticketId, seq } = fieldsOf(payload);
  return typeof ticketId === 'string' && typeof seq === 'number' ? { ticketId, seq } : undefined;
}

import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { StaffEventPayload } from '../../../../../../src/contract/events/event-payload.js';
import type { Viewer } from '../../../../../../src/contract/socket-events.js';
import { safeStorage } from '../../../../../shared/safe-storage.js';
import type { OutboxEntry } from '../../../../../client/live/outbox-store.js';
import type { StreamOptions } from '../../../../../client/live/ticket-stream.js';
import type { StreamState } from '../../../../../client/live/ticket-sync.js';
import type { Ticket } from '../../../data/api.js';
import { showFailure } from '../../../ui/feedback.js';
import { connection, type StaffStream } from '../../../data/live/live.js';
import { useNotedSlow } from '../../../data/live/trouble.js';
import { useMe } from '../../../data/session/use-session.js';
import {
  applyEvents,
  changesTicket,
  loadOlder,
  loadSnapshot,
  loadTicket,
  withOlder,
  withTicket,
  type Snapshot,
} from './snapshot.js';
import { useTyping } from './use-typing.js';
import { useViewers } from './use-viewers.js';

const NO_ENTRIES: readonly OutboxEntry[] = [];
const KEPT_MS = 300_000;

const keyOf = (ticketId: string) => ['ticket', ticketId] as const;

function change(client: QueryClient, ticketId: string, next: (snapshot: Snapshot) => Snapshot): void {
  client.setQueryData<Snapshot>(keyOf(ticketId), (snapshot) => snapshot && next(snapshot));
}

/** Shows the ticket of a response at once. */
export function keepTicket(client: QueryClient, ticket: Ticket): void {
  change(client, ticket.id, (snapshot) => withTicket(snapshot, ticket));
}

/** Loads the row again: after a catch-up, whose events come without it, or a refusal, when what is here may be out of date. */
export async function refreshTicket(client: QueryClient, ticketId: string): Promise<void> {
  keepTicket(client, await loadTicket(ticketId));
}

interface Followed {
  readonly stream: StaffStream | undefined;
  readonly state: StreamState;
  readonly outbox: readonly OutboxEntry[];
}

export interface LiveTicket extends Followed {
  readonly query: ReturnType<typeof useSnapshot>;
  /** Who is writing now, by name. */
  readonly typing: readonly string[];
  readonly viewers: readonly Viewer[];
  readonly loadOlder: () => Promise<void>;
}

/** A ticket that stays true while it is shown. A visit to it again goes on from what is still in memory. */
export function useTicket(ticketId: string): LiveTicket {
  const client = useQueryClient();
  const me = useMe();
  const query = useSnapshot(ticketId);
  const [typing, onTyping] = useTyping(query.data?.ticket, me.id);
  const [viewers, onViewers] = useViewers(me.id);
  const followed = useStream(ticketId, query.data !== undefined, { onTyping, onViewers });
  useNotedSlow(followed.state === 'degraded');

  const older = async (): Promise<void> => {
    if (query.data === undefined) return;
    try {
      const page = await loadOlder(query.data);
      change(client, ticketId, (snapshot) => withOlder(snapshot, page));
    } catch (error) {
      showFailure(error);
    }
  };
  return { query, ...followed, typing, viewers, loadOlder: older };
}

/** Goes on from the loaded snapshot, into which it writes what happens. */
function useStream(
  ticketId: string,
  isLoaded: boolean,
  { onTyping, onViewers }: Pick<StreamOptions<StaffEventPayload>, 'onTyping' | 'onViewers'>,
): Followed {
  const client = useQueryClient();
  const me = useMe();
  const [stream, setStream] = useState<StaffStream>();
  const [state, setState] = useState<StreamState>('catching-up');
  const [outbox, setOutbox] = useState(NO_ENTRIES);

  useEffect(() => {
    const loaded = client.getQueryData<Snapshot>(keyOf(ticketId));
    if (!isLoaded || loaded === undefined) return undefined;
    const opened = connection.ticket(ticketId, {
      ...positionOf(loaded),
      channel: 'dashboard',
      sender: { senderId: String(me.id), senderType: 'admin' },
      storage: safeStorage,
      viewing: true,
      onEvents: (events) => {
        change(client, ticketId, (snapshot) => applyEvents(snapshot, events));
        if (events.some(changesTicket)) refreshTicket(client, ticketId).catch(ignoreWhileAway);
      },
      onReset: async () => {
        const fresh = await loadSnapshot(ticketId);
        client.setQueryData<Snapshot>(keyOf(ticketId), fresh);
        return positionOf(fresh);
      },
      onState: setState,
      onOutbox: setOutbox,
      onTyping,
      onViewers,
    });
    setStream(opened);
    setState(opened.state);
    setOutbox(opened.outbox);
    return () => opened.close();
  }, [client, ticketId, me.id, isLoaded, onTyping, onViewers]);
  return { stream, state, outbox };
}

/** The stream keeps it fresh: it is never fetched again by itself. */
function useSnapshot(ticketId: string) {
  return useQuery({
    queryKey: keyOf(ticketId),
    queryFn: () => loadSnapshot(ticketId),
    staleTime: Infinity,
    gcTime: KEPT_MS,
  });
}

function positionOf({ seq, messages }: Snapshot): { lastSeq: number; clientMessageIds: string[] } {
  return {
    lastSeq: seq,
    clientMessageIds: messages.flatMap(({ clientMessageId }) => clientMessageId ?? []),
  };
}

/** The connection's state already says that we are offline; the next event loads the row again. */
function ignoreWhileAway(error: unknown): void {
  if (connection.state === 'online') showFailure(error);
}

import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api, type Shape } from '../../../data/api.js';
import { useOwnStored } from '../../../data/own-stored.js';

type Drafts = Shape<'DraftsResponse'>;
type Kind = keyof Drafts;

/** So long after the last key the text goes to the server, in ms. */
const PAUSE_MS = 1_000;

const keyOf = (ticketId: string) => ['drafts', ticketId] as const;

/**
 * What is written on a ticket and not sent yet. It stays in this browser, over reloads and without a connection, and goes to the
 * server for the person's other devices. Where both have changed, what is written here stays.
 */
export function useDraft(ticketId: string, kind: Kind): [string, (text: string) => void] {
  const client = useQueryClient();
  const [stored, setStored] = useOwnStored(`draft:${kind}:${ticketId}`);
  /** What the server has, as far as this browser knows. */
  const [known, setKnown] = useOwnStored(`draft-known:${kind}:${ticketId}`);
  const [text, knownText] = [stored ?? '', known ?? ''];
  const { data } = useQuery({
    queryKey: keyOf(ticketId),
    queryFn: () => answer(api.GET('/api/v1/tickets/{ticketId}/drafts', { params: { path: { ticketId } } })),
    staleTime: 0,
  });
  const there = data === undefined ? undefined : (data[kind] ?? '');

  useEffect(() => {
    if (there === undefined || there === knownText) return;
    if (text === knownText) setStored(orNull(there));
    setKnown(orNull(there));
    // A change here alone is no news from another device.
  }, [there]);

  useEffect(() => {
    if (there === undefined || text === knownText) return undefined;
    const timer = setTimeout(() => {
      save(client, ticketId, kind, text).then(
        () => setKnown(orNull(text)),
        // It stays in this browser, and goes with the next change or visit.
        () => undefined,
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [client, ticketId, kind, text, knownText, there, setKnown]);

  return [text, (next) => setStored(orNull(next))];
}

const orNull = (text: string): string | null => (text === '' ? null : text);

async function save(client: QueryClient, ticketId: string, kind: Kind, content: string): Promise<void> {
  const params = { path: { ticketId } };
  const drafts = await answer(
    api.PUT('/api/v1/tickets/{ticketId}/drafts', { params, body: { kind, content } }),
  );
  client.setQueryData<Drafts>(keyOf(ticketId), drafts);
}

import { useEffect, useState } from 'react';
import type { Message } from '../../../data/api.js';
import { useUnreadTicket } from '../../../data/lists/unread-query.js';

/** Tells that what the donor wrote and asked for was seen: only of a page that somebody looks at. */
export function useReading(
  ticketId: string,
  messages: readonly Message[],
  onRead: (seq: number) => void,
): void {
  // A colleague may have read the lines that this person has not.
  const news = useUnreadTicket(ticketId)?.seq;
  const line = messages.findLast(({ senderType, isRead }) => senderType === 'donor' && !isRead)?.seq;
  const unread = news === undefined || (line !== undefined && line > news) ? line : news;
  useEffect(() => {
    if (unread === undefined) return undefined;
    const look = (): void => {
      if (isLookedAt()) onRead(unread);
    };
    look();
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  });
}

/**
 * The id of the first message that this person had not read when they came, or came back, to the page. It stays while they read on,
 * and goes when they answer.
 */
export function useNewLine(ticketId: string, messages: readonly Message[]): string | undefined {
  const count = useUnreadTicket(ticketId)?.count ?? 0;
  const [line, setLine] = useState(() => firstUnread(messages, count));
  const wasMissed = count > 0 && !isLookedAt();
  const next = wasMissed ? firstUnread(messages, count) : line;
  if (next !== line) setLine(next);
  const isAnswered = messages.findLast(({ messageType }) => messageType === 'text')?.senderType === 'admin';
  return isAnswered ? undefined : next;
}

/** What counts as unread are the donor's messages, and the lines that tell of their wishes for a call. */
function firstUnread(messages: readonly Message[], count: number): string | undefined {
  if (count === 0) return undefined;
  const news = messages.filter(
    ({ senderType, system }) => senderType === 'donor' || system?.key === 'call.requested',
  );
  return (news.at(-count) ?? news[0])?.id;
}

function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

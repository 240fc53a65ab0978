import { Button, Center, Stack, Text } from '@mantine/core';
import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Message } from '../../../data/api.js';
import { useUnreadTicket } from '../../../data/lists/unread-query.js';
import { dayOf } from '../../../ui/when.js';
import { useMe } from '../../../data/session/use-session.js';
import { donorOf } from '../../../data/ticket-names.js';
import { t } from '../../../i18n/translate.js';
import { MessageLine } from './message-line.js';
import { OutboxLine } from './outbox-line.js';
import type { Permissions } from '../../../data/permissions.js';
import type { Snapshot } from '../sync/snapshot.js';
import type { LiveTicket } from '../sync/use-ticket.js';
import { Bubble } from './bubble.js';
import styles from './thread.module.css';

interface ThreadProps {
  readonly live: LiveTicket;
  readonly snapshot: Snapshot;
  readonly may: Permissions;
}

/** Distance from the end, in px, within which new lines are followed. */
const NEAR_END = 80;

export function Thread({ live, snapshot, may }: ThreadProps) {
  const { ticket, messages, hasOlder } = snapshot;
  const { outbox, typing, stream } = live;
  const me = useMe();
  const box = useRef<HTMLDivElement>(null);
  useFollowEnd(
    box,
    messages[0]?.id,
    `${messages.at(-1)?.id} ${outbox.at(-1)?.clientMessageId} ${typing.length}`,
  );
  useReading(ticket.id, messages, (seq) => stream?.markRead(seq));

  return (
    <div
      ref={box}
      className={styles.thread}
      tabIndex={0}
      role="log"
      aria-label={t('ticket.thread')}
      aria-live="polite"
    >
      <Stack gap={6} p="sm" mih="100%" justify="flex-end">
        {hasOlder && <OlderButton onLoad={live.loadOlder} />}
        {!hasOlder && ticket.description && <Description snapshot={snapshot} />}
        {messages.length === 0 && outbox.length === 0 && !ticket.description && (
          <Center p="xl">
            <Text c="dimmed">{t('ticket.empty')}</Text>
          </Center>
        )}
        {messages.map((message, index) => (
          <Fragment key={message.id}>
            {isNewDay(messages[index - 1]?.createdAt ?? ticket.createdAt, message.createdAt) && (
              <Day iso={message.createdAt} />
            )}
            <MessageLine
              message={message}
              donorName={donorOf(ticket)}
              isMine={message.senderType === 'admin' && message.senderId === String(me.id)}
              follows={isFollowUp(messages[index - 1], message)}
              mayEdit={may.write}
            />
          </Fragment>
        ))}
        {outbox.map((entry) => (
          <OutboxLine key={entry.clientMessageId} entry={entry} stream={stream} />
        ))}
        <Text size="sm" c="dimmed" h={20}>
          {typing.map((name) => t('ticket.typing', { name })).join(' ')}
        </Text>
      </Stack>
    </div>
  );
}

function Description({ snapshot: { ticket } }: { snapshot: Snapshot }) {
  return (
    <>
      <Day iso={ticket.createdAt} />
      <Bubble kind="donor" style={{ alignSelf: 'flex-start' }}>
        <Text size="xs" c="dimmed" mb={2}>
          {t('ticket.description')}
        </Text>
        <div dir="auto">{ticket.description}</div>
      </Bubble>
    </>
  );
}

function Day({ iso }: { iso: string }) {
  return (
    <Text size="xs" c="dimmed" ta="center">
      {dayOf(iso)}
    </Text>
  );
}

function OlderButton({ onLoad }: { onLoad: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  return (
    <Button
      variant="subtle"
      size="xs"
      mx="auto"
      loading={busy}
      onClick={() => {
        setBusy(true);
        void onLoad().finally(() => setBusy(false));
      }}
    >
      {t('ticket.older')}
    </Button>
  );
}

/** Stays at the end while the reader is there, and where the reader was when earlier lines come in above. */
function useFollowEnd(
  box: React.RefObject<HTMLDivElement | null>,
  first: string | undefined,
  last: string,
): void {
  const atEnd = useRef(true);
  const before = useRef({ first, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    if (before.current.first !== first && !atEnd.current)
      element.scrollTop += element.scrollHeight - before.current.height;
    else if (atEnd.current) element.scrollTop = element.scrollHeight;
    before.current = { first, height: element.scrollHeight };
    const onScroll = (): void => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [box, first, last]);
}

/** Tells that what the donor wrote and asked for was seen: only of a page that somebody looks at. */
function useReading(ticketId: string, messages: readonly Message[], onRead: (seq: number) => void): void {
  // A colleague may have read the lines that this person has not.
  const news = useUnreadTicket(ticketId)?.seq;
  const line = messages.findLast(({ senderType, isRead }) => senderType === 'donor' && !isRead)?.seq;
  const unread = news === undefined || (line !== undefined && line > news) ? line : news;
  useEffect(() => {
    if (unread === undefined) return undefined;
    const look = (): void => {
      if (document.visibilityState === 'visible' && document.hasFocus()) onRead(unread);
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

function isNewDay(before: string, now: string): boolean {
  return new Date(before).toDateString() !== new Date(now).toDateString();
}

/** The same person goes on: the name need not be said again. */
function isFollowUp(before: Message | undefined, now: Message): boolean {
  return (
    before?.senderId === now.senderId &&
    before.messageType === now.messageType &&
    now.messageType !== 'system'
  );
}

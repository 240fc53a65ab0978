import { Button, Center, Divider, Stack, Text } from '@mantine/core';
import { Fragment, useRef, useState } from 'react';
import type { Message } from '../../../data/api.js';
import { LinkedText } from '../../../ui/linked-text.js';
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
import { useFollowEnd } from './use-follow-end.js';
import { useNewLine, useReading } from './use-reading.js';
import styles from './thread.module.css';

interface ThreadProps {
  readonly live: LiveTicket;
  readonly snapshot: Snapshot;
  readonly may: Permissions;
}

export function Thread({ live, snapshot, may }: ThreadProps) {
  const { ticket, messages, hasOlder } = snapshot;
  const { outbox, typing, stream } = live;
  const me = useMe();
  const box = useRef<HTMLDivElement>(null);
  const newLine = useNewLine(ticket.id, messages);
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
            {message.id === newLine && <NewLine />}
            <MessageLine
              message={message}
              donorName={donorOf(ticket)}
              isMine={message.senderType === 'admin' && message.senderId === String(me.id)}
              follows={message.id !== newLine && isFollowUp(messages[index - 1], message)}
              goesOn={messages[index + 1]?.id !== newLine && isFollowUp(message, messages[index + 1])}
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
        <div dir="auto">
          <LinkedText text={ticket.description ?? ''} />
        </div>
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

/** Where what this person has not read begins. */
function NewLine() {
  return (
    <Divider
      label={t('ticket.newLine')}
      labelPosition="center"
      classNames={{ root: styles.newLine, label: styles.newLabel }}
      data-new-line
    />
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

function isNewDay(before: string, now: string): boolean {
  return new Date(before).toDateString() !== new Date(now).toDateString();
}

/** So long one message of a person joins the one before, in ms. */
const GROUP_MS = 60_000;

/** The same person goes on: the name need not be said again, nor the time before. */
function isFollowUp(before: Message | undefined, now: Message | undefined): boolean {
  if (before === undefined || now === undefined) return false;
  return (
    before.senderId === now.senderId &&
    before.messageType === now.messageType &&
    now.messageType !== 'system' &&
    !isNewDay(before.createdAt, now.createdAt) &&
    Date.parse(now.createdAt) - Date.parse(before.createdAt) < GROUP_MS
  );
}

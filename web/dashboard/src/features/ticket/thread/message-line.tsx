import { ActionIcon, Button, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { IconChecks, IconDots, IconLock, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { LIMITS } from '../../../../../../src/contract/ticket-fields.js';
import { writtenText } from '../../../../../../src/contract/text.js';
import { answer, api, type Message } from '../../../data/api.js';
import { Confirm } from '../../../ui/confirm.js';
import { useMe } from '../../../data/session/use-session.js';
import { Face } from '../../../ui/face.js';
import { showFailure } from '../../../ui/feedback.js';
import { LinkedText } from '../../../ui/linked-text.js';
import { momentOf, timeOf } from '../../../ui/when.js';
import { systemLine } from './system-line.js';
import { t } from '../../../i18n/translate.js';
import { Bubble } from './bubble.js';
import styles from './message-line.module.css';

interface MessageLineProps {
  readonly message: Message;
  readonly donorName: string;
  readonly isMine: boolean;
  /** The line before is of the same group: the same person, within a minute. */
  readonly follows: boolean;
  /** The line after is: that one says when. */
  readonly goesOn: boolean;
  readonly mayEdit: boolean;
}

export function MessageLine(props: MessageLineProps) {
  const { message, donorName, isMine, follows, goesOn, mayEdit } = props;
  const [isEditing, setEditing] = useState(false);
  if (message.messageType === 'system') return <SystemLine message={message} />;
  const isDonor = message.senderType === 'donor';
  const name = isDonor ? donorName : message.author_name;
  const isNote = message.messageType === 'note';
  const kind = isNote ? 'note' : isDonor ? 'donor' : 'admin';
  return (
    <Group
      className={styles.line}
      wrap="nowrap"
      gap="xs"
      align="flex-end"
      justify={isDonor ? 'flex-start' : 'flex-end'}
      data-message={message.id}
    >
      {isDonor && <Face name={name} size={30} hidden={follows} />}
      <Stack gap={2} align={isDonor ? 'flex-start' : 'flex-end'} className={styles.body}>
        {!follows && (
          <Text size="xs" c="dimmed" dir="auto">
            {name}
          </Text>
        )}
        <Group gap={4} wrap="nowrap" align="center" maw="100%">
          {isMine && mayEdit && message.deletedAt === null && !isEditing && (
            <OwnMenu message={message} onEdit={() => setEditing(true)} />
          )}
          <Bubble kind={kind}>
            {isNote && (
              <Text size="xs" fw={600} mb={2}>
                <IconLock size={12} aria-hidden /> {t('ticket.note')} · {t('ticket.noteOnly')}
              </Text>
            )}
            {message.deletedAt !== null ? (
              <Text size="sm" fs="italic" c="dimmed">
                {t('ticket.wasDeleted')}
              </Text>
            ) : isEditing ? (
              <EditForm message={message} onDone={() => setEditing(false)} />
            ) : (
              <div dir="auto">
                <LinkedText text={message.content} />
              </div>
            )}
          </Bubble>
        </Group>
        {(!goesOn || message.editedAt !== null) && <Meta message={message} />}
      </Stack>
      {!isDonor && <Face name={name} size={30} hidden={follows} />}
    </Group>
  );
}

function SystemLine({ message }: { message: Message }) {
  const me = useMe();
  return (
    <Text size="xs" c="dimmed" ta="center" py={4} title={momentOf(message.createdAt)}>
      {systemLine(message, me.id)} · {timeOf(message.createdAt)}
    </Text>
  );
}

function Meta({ message }: { message: Message }) {
  const { createdAt, editedAt, deletedAt, isRead, senderType, messageType } = message;
  const isSeen = isRead && senderType === 'admin' && messageType === 'text';
  return (
    <Group gap={4} wrap="nowrap">
      <Text size="xs" c="dimmed" component="time" dateTime={createdAt} title={momentOf(createdAt)}>
        {timeOf(createdAt)}
        {editedAt !== null && deletedAt === null && ` · ${t('ticket.edited')}`}
      </Text>
      {isSeen && (
        <IconChecks
          size={14}
          role="img"
          aria-label={t('ticket.read')}
          color="var(--mantine-color-brand-text)"
        />
      )}
    </Group>
  );
}

function OwnMenu({ message, onEdit }: { message: Message; onEdit: () => void }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const path = { ticketId: message.ticketId, id: message.id };
  async function remove(): Promise<void> {
    setBusy(true);
    try {
      await answer(api.DELETE('/api/v1/tickets/{ticketId}/messages/{id}', { params: { path } }));
      setAsking(false);
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            className={styles.ownMenu}
            aria-label={t('ticket.messageMenu')}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
            {t('ticket.editMessage')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
            {t('ticket.deleteMessage')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={t('ticket.deleteMessage')}
        text={t('ticket.confirmDeleteMessage')}
        action={t('ticket.deleteMessage')}
        busy={busy}
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

function EditForm({ message, onDone }: { message: Message; onDone: () => void }) {
  const [text, setText] = useState(message.content);
  const [busy, setBusy] = useState(false);
  const path = { ticketId: message.ticketId, id: message.id };
  async function save(): Promise<void> {
    const content = writtenText(text);
    if (content === '') return;
    setBusy(true);
    try {
      await answer(
        api.PUT('/api/v1/tickets/{ticketId}/messages/{id}', { params: { path }, body: { content } }),
      );
      onDone();
    } catch (error) {
      showFailure(error);
      setBusy(false);
    }
  }
  return (
    <Stack gap={6} className={styles.edit}>
      <Textarea
        autoFocus
        autosize
        minRows={2}
        maxRows={10}
        aria-label={t('ticket.editMessage')}
        maxLength={LIMITS.message}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
      <Group gap="xs" justify="flex-end">
        <Button size="compact-sm" variant="default" onClick={onDone}>
          {t('core.cancel')}
        </Button>
        <Button
          size="compact-sm"
          loading={busy}
          disabled={writtenText(text) === ''}
          onClick={() => void save()}
        >
          {t('core.save')}
        </Button>
      </Group>
    </Stack>
  );
}

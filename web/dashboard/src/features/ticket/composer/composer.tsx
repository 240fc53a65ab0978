import { Alert, Button, Group, Paper, SegmentedControl, Text, Textarea } from '@mantine/core';
import { IconLock, IconSend } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { LIMITS } from '../../../../../../src/contract/ticket-fields.js';
import { writtenText } from '../../../../../../src/contract/text.js';
import type { StaffStream } from '../../../data/live/live.js';
import { answer, api, type Ticket } from '../../../data/api.js';
import { showFailure } from '../../../ui/feedback.js';
import { t } from '../../../i18n/translate.js';
import { CannedButton, CannedMenu } from './canned-menu.js';
import { useCannedMenu } from './use-canned-menu.js';
import { useDraft } from './use-draft.js';
import type { Permissions } from '../../../data/permissions.js';
import { useShortcut } from '../../../ui/shortcuts.js';
import icons from '../../../ui/icons.module.css';
import styles from './composer.module.css';

type Mode = 'reply' | 'note';

interface ComposerProps {
  readonly ticket: Ticket;
  readonly may: Permissions;
  readonly stream: StaffStream | undefined;
}

/** Where staff write, to the donor or for each other. What is not sent yet stays here, over reloads too. */
export function Composer({ ticket, may, stream }: ComposerProps) {
  const [wanted, setMode] = useState<Mode>('reply');
  const mode = may.write ? wanted : 'note';
  const label = t(`ticket.composer.${mode}Label`);
  const [text, setText] = useDraft(ticket.id, mode);
  const [isSaving, setSaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (reply: string): void => {
    setText(reply);
    requestAnimationFrame(() => field.current?.focus());
  };
  const menu = useCannedMenu(mode === 'reply' ? text : '', (reply) => insert(reply.text));

  const write = (next: Mode): void => {
    // At once, so that what is typed next lands in the field and nowhere else.
    flushSync(() => setMode(next));
    field.current?.focus();
  };
  useShortcut('r', may.write, () => write('reply'));
  useShortcut('n', true, () => write('note'));
  useEffect(() => () => stream?.typing(false), [stream]);

  async function saveNote(content: string): Promise<void> {
    setSaving(true);
    try {
      const params = { path: { ticketId: ticket.id } };
      await answer(
        api.POST('/api/v1/tickets/{ticketId}/notes', { params, body: { content, channel: 'dashboard' } }),
      );
      setText('');
      // What is written next is meant for the donor, unless it is said to be a note again.
      if (may.write) setMode('reply');
    } catch (error) {
      showFailure(error);
    } finally {
      setSaving(false);
      field.current?.focus();
    }
  }

  function send(): void {
    const content = writtenText(text);
    if (content === '' || isSaving) return;
    if (mode === 'note') {
      void saveNote(content);
      return;
    }
    if (!stream) return;
    stream.typing(false);
    stream.send(content);
    setText('');
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (menu.onKeyDown(event) || event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  }

  return (
    <Paper
      withBorder
      radius="md"
      p="xs"
      bg={mode === 'note' ? 'var(--note)' : 'var(--surface)'}
      className={styles.composer}
      data-mode={mode}
    >
      {!may.write && <ClosedNotice />}
      <Textarea
        ref={field}
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={9}
        maxLength={LIMITS.message}
        aria-label={label}
        placeholder={label}
        aria-describedby="composer-hint"
        aria-controls={menu.isOpen ? 'canned-replies' : undefined}
        aria-activedescendant={menu.isOpen ? menu.activeId : undefined}
        value={text}
        readOnly={isSaving}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          if (mode === 'reply') stream?.typing(writtenText(currentTarget.value) !== '');
        }}
        onKeyDown={onKeyDown}
      />
      <CannedMenu menu={menu} />
      <Group justify="space-between" gap="xs" mt={4}>
        <SegmentedControl
          size="xs"
          value={mode}
          onChange={(value) => write(value)}
          aria-label={t('ticket.composer.mode')}
          data={[
            { value: 'reply', label: t('ticket.composer.reply'), disabled: !may.write },
            { value: 'note', label: t('ticket.composer.note') },
          ]}
        />
        {mode === 'reply' && (
          <CannedButton
            text={text}
            onChoose={(reply) => insert(text.trim() === '' ? reply : `${text.trimEnd()} ${reply}`)}
          />
        )}
        <Hint mode={mode} />
        <Button
          size="xs"
          className={styles.send}
          data-mode={mode}
          onClick={send}
          loading={isSaving}
          disabled={writtenText(text) === ''}
          leftSection={<SendIcon mode={mode} />}
        >
          {t(mode === 'note' ? 'ticket.composer.saveNote' : 'ticket.composer.send')}
        </Button>
      </Group>
    </Paper>
  );
}

function ClosedNotice() {
  return (
    <Alert variant="light" color="gray" py={6} mb="xs">
      {t('ticket.composer.closed')}
    </Alert>
  );
}

function Hint({ mode }: { readonly mode: Mode }) {
  if (mode === 'note')
    return (
      <Text size="xs" fw={600} id="composer-hint" className={styles.note} flex={1}>
        {t('ticket.noteOnly')}
      </Text>
    );
  return (
    <Text size="xs" c="dimmed" id="composer-hint" visibleFrom="md" flex={1}>
      {t('ticket.composer.hint')}
    </Text>
  );
}

function SendIcon({ mode }: { readonly mode: Mode }) {
  if (mode === 'note') return <IconLock size={16} aria-hidden />;
  return <IconSend size={16} className={icons.directional} aria-hidden />;
}

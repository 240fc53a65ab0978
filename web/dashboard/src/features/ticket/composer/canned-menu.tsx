import {
  ActionIcon,
  Button,
  Group,
  Paper,
  Popover,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { IconMessage2Bolt, IconTrash } from '@tabler/icons-react';
import { useState, type SubmitEvent } from 'react';
import { t } from '../../../i18n/translate.js';
import { useCannedReplies } from './canned-replies.js';
import type { CannedMenuState } from './use-canned-menu.js';
import styles from './canned-menu.module.css';

/** The list under `/`: chosen by the keys of the field above it, or by a click. */
export function CannedMenu({ menu }: { menu: CannedMenuState }) {
  if (!menu.isOpen) return null;
  return (
    <Paper
      withBorder
      shadow="md"
      radius="md"
      p={4}
      className={styles.menu}
      role="listbox"
      id="canned-replies"
      aria-label={t('ticket.composer.saved')}
    >
      {menu.matches.map((reply, index) => (
        <div
          key={reply.name}
          id={`canned-${index}`}
          role="option"
          aria-selected={index === menu.index}
          className={styles.reply}
          onMouseDown={(event) => {
            event.preventDefault();
            menu.onChoose(reply);
          }}
        >
          <Text size="sm" fw={600}>
            /<bdi>{reply.name}</bdi>
          </Text>
          <Text size="sm" c="dimmed" dir="auto" truncate>
            {reply.text}
          </Text>
        </div>
      ))}
    </Paper>
  );
}

interface CannedButtonProps {
  /** What is in the field, to be kept under a name. */
  readonly text: string;
  readonly onChoose: (text: string) => void;
}

/** All reply templates, with one's own to add and remove. */
export function CannedButton({ text, onChoose }: CannedButtonProps) {
  const [opened, setOpened] = useState(false);
  const { replies, isOwn, save, remove } = useCannedReplies();
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('name');
    const name = typeof given === 'string' ? given.trim().toLowerCase().replace(/\s+/g, '-') : '';
    if (name !== '') save({ name, text: text.trim() });
    setOpened(false);
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="top-start"
      trapFocus
      returnFocus
      withRoles
      width={340}
    >
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('ticket.composer.saved')}
          onClick={() => setOpened(!opened)}
        >
          <IconMessage2Bolt size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t('ticket.composer.saved')}>
        <Stack gap={2} mah={280} style={{ overflowY: 'auto' }}>
          {replies.map((reply) => (
            <Group key={reply.name} gap={4} wrap="nowrap">
              <UnstyledButton
                className={styles.reply}
                flex={1}
                miw={0}
                onClick={() => {
                  onChoose(reply.text);
                  setOpened(false);
                }}
              >
                <Text size="sm" fw={600}>
                  /<bdi>{reply.name}</bdi>
                </Text>
                <Text size="sm" c="dimmed" dir="auto" truncate>
                  {reply.text}
                </Text>
              </UnstyledButton>
              {isOwn(reply.name) && (
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={t('ticket.composer.removeSaved', { name: reply.name })}
                  onClick={() => remove(reply.name)}
                >
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              )}
            </Group>
          ))}
        </Stack>
        {text.trim() !== '' && (
          <form onSubmit={submit}>
            <Group gap="xs" mt="xs" wrap="nowrap" align="flex-end">
              <TextInput
                name="name"
                size="xs"
                flex={1}
                label={t('ticket.composer.saveAs')}
                required
                withAsterisk={false}
                maxLength={30}
              />
              <Button type="submit" size="xs" variant="default">
                {t('core.save')}
              </Button>
            </Group>
          </form>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

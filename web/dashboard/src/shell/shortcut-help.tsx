import '../ui/mantine-pages.css';
import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { t } from '../i18n/translate.js';

const SHORTCUTS = [
  ['g b', 'board'],
  ['g t', 'tickets'],
  ['/', 'search'],
  ['a', 'accept'],
  ['r', 'reply'],
  ['n', 'note'],
  ['t', 'transfer'],
  ['e', 'resolve'],
  ['?', 'help'],
] as const;

/** What the keys do; loaded when somebody asks. */
export function ShortcutHelp({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title={t('core.nav.shortcuts')}>
      <Stack gap="xs">
        {SHORTCUTS.map(([keys, meaning]) => (
          <Group key={keys} justify="space-between">
            <Text size="sm">{t(`shortcuts.${meaning}`)}</Text>
            <Group gap={4}>
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}

import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { texts } from './texts.js';

/** What the keys do; loaded when somebody asks. */
export function ShortcutHelp({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title={texts.shortcuts.title}>
      <Stack gap="xs">
        {texts.shortcuts.list.map(([keys, meaning]) => (
          <Group key={keys} justify="space-between">
            <Text size="sm">{meaning}</Text>
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

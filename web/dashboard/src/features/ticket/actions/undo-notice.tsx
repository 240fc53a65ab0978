import { Button, Group, Text } from '@mantine/core';
import { t } from '../../../i18n/translate.js';

export function UndoNotice({ text, onUndo }: { text: string; onUndo: () => void }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{text}</Text>
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        {t('ticket.undo')}
      </Button>
    </Group>
  );
}

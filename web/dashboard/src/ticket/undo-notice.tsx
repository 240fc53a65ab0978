import { Button, Group, Text } from '@mantine/core';
import { texts } from '../app/texts.js';

export function UndoNotice({ text, onUndo }: { text: string; onUndo: () => void }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{text}</Text>
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        {texts.ticket.undo}
      </Button>
    </Group>
  );
}

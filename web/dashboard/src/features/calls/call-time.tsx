import { Text } from '@mantine/core';
import { useSeconds } from '../../ui/use-seconds.js';

/** How long the call has been going on. */
export function CallTime({ since }: { since: number }) {
  const seconds = Math.max(0, Math.floor((useSeconds() - since) / 1_000));
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <Text size="sm" c="dimmed" ff="monospace" role="timer">
      {clock}
    </Text>
  );
}

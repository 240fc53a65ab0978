import { Text } from '@mantine/core';
import { useSeconds } from '../../ui/use-seconds.js';

/** How long the call has been going on. */
export function CallTime({ since }: { since: number }) {
  const seconds = Math.max(0, Math.floor((useSeconds() - since) / 1_000));
  const two = (number: number): string => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60)];
  const clock = `${hours > 0 ? `${hours}:${two(minutes % 60)}` : minutes}:${two(seconds % 60)}`;
  return (
    <Text size="sm" c="dimmed" ff="monospace" role="timer">
      {clock}
    </Text>
  );
}

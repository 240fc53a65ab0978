import { Button, CopyButton, Group, Paper, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import styles from './once-shown.module.css';

interface OnceShownProps {
  /** One line each. */
  readonly lines: readonly string[];
  readonly label: string;
  readonly copy: string;
  readonly copied: string;
}

/** A secret that will not be shown again, to be copied. */
export function OnceShown({ lines, label, copy, copied }: OnceShownProps) {
  const text = lines.join('\n');
  return (
    <Paper withBorder p="sm" bg="var(--sunken)">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div role="group" aria-label={label} className={styles.lines}>
          {lines.map((line) => (
            <Text key={line} ff="monospace" size="sm">
              {line}
            </Text>
          ))}
        </div>
        <CopyButton value={text}>
          {({ copied: isDone, copy: run }) => (
            <Button
              variant="default"
              size="xs"
              leftSection={isDone ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={run}
            >
              {isDone ? copied : copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Paper>
  );
}

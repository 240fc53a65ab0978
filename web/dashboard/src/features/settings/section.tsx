import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly hint?: string;
  /** What is wrong in here, in words. */
  readonly fault?: string | undefined;
  readonly children: ReactNode;
}

/** One part of the settings, with what is wrong in it as a whole. */
export function Section({ title, hint, fault, children }: SectionProps) {
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {title}
        </Title>
        {hint !== undefined && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
        {children}
        {fault !== undefined && (
          <Text size="sm" c="var(--danger)" role="alert">
            {fault}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

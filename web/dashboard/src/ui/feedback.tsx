import { Alert, Button, Center, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { t } from '../i18n/translate.js';
import { wordsFor } from '../i18n/refusals.js';
import { LinkAnchor } from './links.js';

export function NotFound() {
  return (
    <Center h="60vh">
      <Stack align="center" gap="xs">
        <Title order={1} size="h2">
          {t('core.notFound.title')}
        </Title>
        <Text c="dimmed" ta="center">
          {t('core.notFound.text')}
        </Text>
        <LinkAnchor to="/">{t('core.notFound.back')}</LinkAnchor>
      </Stack>
    </Center>
  );
}

/** Something could not be loaded: says so, and offers the way on. */
export function LoadFailed({ text, error, onRetry }: { text: string; error: Error; onRetry: () => void }) {
  return (
    <Alert color="red" variant="light" title={text} role="alert">
      <Stack align="flex-start" gap="xs">
        <Text size="sm">{wordsFor(error)}</Text>
        <Button size="xs" variant="default" onClick={onRetry}>
          {t('core.retry')}
        </Button>
      </Stack>
    </Alert>
  );
}

/** Lines that will be content in a moment. */
export function Loading({ rows, height = 84 }: { rows: number; height?: number }) {
  return (
    <Stack gap="sm" aria-busy="true" aria-label={t('core.loading')} role="status">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </Stack>
  );
}

/** A refused action. */
export function showFailure(error: unknown): void {
  notifications.show({
    color: 'red',
    title: t('core.failed'),
    message: wordsFor(error),
    role: 'alert',
  });
}

/** A page whose code could not be loaded or that broke: a fresh load gets the newest version. */
export function PageFailed({ error }: ErrorComponentProps) {
  return (
    <LoadFailed
      text={t('core.pageFailed')}
      error={error instanceof Error ? error : new Error(String(error))}
      onRetry={() => location.reload()}
    />
  );
}

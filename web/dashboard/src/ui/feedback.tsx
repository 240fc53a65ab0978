import { Alert, Button, Center, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { isOfTheLine, wordsFor } from '../i18n/refusals.js';
import { t } from '../i18n/translate.js';
import { useIsDeciding } from '../storage/lost-parts.js';
import { LinkAnchor } from './links.js';
import { useNotedTrouble } from './noted-trouble.js';

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

interface LoadFailedProps {
  readonly text: string;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** What was loaded before is still shown. */
  readonly stale?: boolean;
  readonly action?: string;
}

/** Something could not be loaded: says so, and offers the way on. What the page already says of the connection is not said again. */
export function LoadFailed({
  text,
  error,
  onRetry,
  stale = false,
  action = t('core.retry'),
}: LoadFailedProps) {
  const isSaid = useNotedTrouble() && isOfTheLine(error);
  if (isSaid && stale) return null;
  return (
    <Alert color="red" variant="light" title={text} role="alert">
      <Stack align="flex-start" gap="xs">
        {!isSaid && <Text size="sm">{wordsFor(error)}</Text>}
        <Button size="xs" variant="default" onClick={onRetry}>
          {action}
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

/** A refused action. The same words are shown once at a time. */
export function showFailure(error: unknown): void {
  const message = wordsFor(error);
  notifications.show({ id: message, color: 'red', title: t('core.failed'), message, role: 'alert' });
}

/** A page or a part of one whose code could not be loaded or that broke: a fresh load gets the newest version. */
export function PageFailed({ error }: { readonly error: unknown }) {
  if (useIsDeciding()) return <Loading rows={1} />;
  return (
    <LoadFailed
      text={t('core.pageFailed')}
      error={error}
      action={t('core.reload')}
      onRetry={() => location.reload()}
    />
  );
}

/** The same for `Part`. */
export const partFailed = (error: unknown) => <PageFailed error={error} />;

import { Alert, Button, Group, Text } from '@mantine/core';
import { useTrouble } from '../../data/live/trouble.js';
import { wordsFor } from '../../i18n/refusals.js';
import { t } from '../../i18n/translate.js';
import type { LiveTicket } from './sync/use-ticket.js';

/** What keeps this ticket from being up to date, in words, unless it is the connection, of which the page's own notice tells. */
export function StreamNotice({ live: { state, stream } }: { live: LiveTicket }) {
  const trouble = useTrouble();
  if (trouble !== undefined) return null;
  if (state === 'catching-up')
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('ticket.catching-up')}
      </Text>
    );
  if (state !== 'failed') return null;
  return (
    <Alert color="red" variant="light" py="xs" role="alert">
      <Group justify="space-between">
        <Text size="sm">{stream?.reason ? wordsFor(stream.reason) : t('core.failed')}</Text>
        <Button size="compact-sm" variant="default" onClick={() => stream?.resume()}>
          {t('core.retry')}
        </Button>
      </Group>
    </Alert>
  );
}

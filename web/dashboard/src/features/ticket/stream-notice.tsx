import { Alert, Button, Group, Text } from '@mantine/core';
import { wordsFor } from '../../i18n/refusals.js';
import { t } from '../../i18n/translate.js';
import type { LiveTicket } from './sync/use-ticket.js';

/** Whatever keeps this page from being up to date, in words. */
export function StreamNotice({ live: { state, stream } }: { live: LiveTicket }) {
  switch (state) {
    case 'live':
      return null;
    case 'catching-up':
      return (
        <Text size="sm" c="dimmed" role="status">
          {t('ticket.catching-up')}
        </Text>
      );
    case 'degraded':
    case 'offline':
      return (
        <Alert color="yellow" variant="light" py="xs" role="status">
          {t(`ticket.${state}`)}
        </Alert>
      );
    case 'failed':
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
}

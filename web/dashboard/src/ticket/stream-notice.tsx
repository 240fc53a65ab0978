import { Alert, Button, Group, Text } from '@mantine/core';
import { texts } from '../app/texts.js';
import type { LiveTicket } from './use-ticket.js';

/** Whatever keeps this page from being up to date, in words. */
export function StreamNotice({ live: { state, stream } }: { live: LiveTicket }) {
  switch (state) {
    case 'live':
      return null;
    case 'catching-up':
      return (
        <Text size="sm" c="dimmed" role="status" className="late">
          {texts.ticket.stale}
        </Text>
      );
    case 'degraded':
    case 'offline':
      return (
        <Alert color="yellow" variant="light" py="xs" role="status">
          {texts.ticket[state]}
        </Alert>
      );
    case 'failed':
      return (
        <Alert color="red" variant="light" py="xs" role="alert">
          <Group justify="space-between">
            <Text size="sm">{stream?.reason?.message ?? texts.failed}</Text>
            <Button size="compact-sm" variant="default" onClick={() => stream?.resume()}>
              {texts.retry}
            </Button>
          </Group>
        </Alert>
      );
  }
}

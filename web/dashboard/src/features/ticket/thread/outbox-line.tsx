import { Button, Group, Stack, Text } from '@mantine/core';
import type { OutboxEntry } from '../../../../../client/live/outbox-store.js';
import type { StaffStream } from '../../../data/live/live.js';
import { wordsFor } from '../../../i18n/refusals.js';
import { t } from '../../../i18n/translate.js';
import { Bubble } from './bubble.js';

/** A message of ours that is not in the thread yet, and what becomes of it. */
export function OutboxLine({ entry, stream }: { entry: OutboxEntry; stream: StaffStream | undefined }) {
  const { clientMessageId, content, state, reason } = entry;
  const hasFailed = state === 'failed';
  return (
    <Stack gap={2} align="flex-end">
      <Bubble kind="admin" dir="auto" style={{ opacity: 0.75 }}>
        {content}
      </Bubble>
      {hasFailed ? (
        <Group gap={6} role="alert">
          <Text size="xs" c="var(--mantine-color-error)">
            {t('ticket.notSent')} {reason && wordsFor(reason)}
          </Text>
          <Button size="compact-xs" variant="light" onClick={() => stream?.retry(clientMessageId)}>
            {t('core.retry')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => stream?.discard(clientMessageId)}>
            {t('ticket.discard')}
          </Button>
        </Group>
      ) : (
        <Text size="xs" c="dimmed">
          {t('ticket.sending')}
        </Text>
      )}
    </Stack>
  );
}

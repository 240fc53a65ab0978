import { Alert, Button, Group, List, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type BulkResult, type Ticket } from '../../data/api.js';
import { Confirm } from '../../ui/confirm.js';
import { showFailure } from '../../ui/feedback.js';
import { wordsForCode } from '../../i18n/refusals.js';
import { connection } from '../../data/live/live.js';
import { useMe } from '../../data/session/use-session.js';
import { mayDelete } from '../../data/permissions.js';
import { t } from '../../i18n/translate.js';

type BulkAction = 'assign' | 'resolve' | 'close' | 'delete';

interface Outcome {
  readonly done: number;
  readonly refused: readonly { readonly number: string; readonly message: string }[];
}

interface BulkBarProps {
  readonly tickets: readonly Ticket[];
  readonly onDone: () => void;
}

/** What can be done to all chosen tickets, and afterwards what became of each. */
export function BulkBar({ tickets, onDone }: BulkBarProps) {
  const [asking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const client = useQueryClient();
  const me = useMe();
  const run = useMutation({
    mutationFn: (action: BulkAction) =>
      answer(api.POST('/api/v1/tickets/bulk', { body: { ids: tickets.map(({ id }) => id), action } })),
    onSuccess: (results) => {
      setOutcome(outcomeOf(results, tickets));
      onDone();
    },
    onError: showFailure,
    onSettled: () => {
      setAsking(false);
      // Its events bring the tickets; without a connection nothing does.
      if (connection.state !== 'online') void client.invalidateQueries({ queryKey: ['tickets'] });
    },
  });
  return (
    <>
      {outcome && <OutcomeNotice outcome={outcome} onClose={() => setOutcome(undefined)} />}
      {tickets.length > 0 && (
        <Paper withBorder radius="md" p="xs" role="toolbar" aria-label={t('list.bulk.title')}>
          <Group gap="xs">
            <Text size="sm" fw={600} px="xs" role="status">
              {t('list.selected', { count: tickets.length })}
            </Text>
            {(['assign', 'resolve', 'close'] as const).map((action) => (
              <Button
                key={action}
                size="xs"
                variant="default"
                disabled={run.isPending}
                onClick={() => run.mutate(action)}
              >
                {t(`list.bulk.${action}`)}
              </Button>
            ))}
            {mayDelete(me) && (
              <Button
                size="xs"
                variant="light"
                color="red"
                disabled={run.isPending}
                onClick={() => setAsking(true)}
              >
                {t('list.bulk.delete')}
              </Button>
            )}
          </Group>
        </Paper>
      )}
      <Confirm
        opened={asking}
        title={t('list.bulk.delete')}
        text={t('list.bulk.confirmDelete', { count: tickets.length })}
        action={t('list.bulk.deleteNow')}
        busy={run.isPending}
        onConfirm={() => run.mutate('delete')}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

function outcomeOf(results: readonly BulkResult[], tickets: readonly Ticket[]): Outcome {
  const numbers = new Map(tickets.map(({ id, number }) => [id, number]));
  const refused = results.filter(({ ok }) => !ok);
  return {
    done: results.length - refused.length,
    refused: refused.map(({ id, message, error }) => ({
      number: numbers.get(id) ?? id,
      message: wordsForCode(error, message ?? t('core.failed')),
    })),
  };
}

function OutcomeNotice({ outcome: { done, refused }, onClose }: { outcome: Outcome; onClose: () => void }) {
  return (
    <Alert
      variant="light"
      color={refused.length === 0 ? 'green' : 'yellow'}
      role="status"
      withCloseButton
      closeButtonLabel={t('core.close')}
      onClose={onClose}
      title={t('list.bulk.done', { ok: done, failed: refused.length })}
    >
      {refused.length > 0 && (
        <Stack gap={4}>
          <List size="sm">
            {refused.map(({ number, message }) => (
              <List.Item key={number}>
                {number}: {message}
              </List.Item>
            ))}
          </List>
        </Stack>
      )}
    </Alert>
  );
}

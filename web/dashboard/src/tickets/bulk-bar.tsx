import { Alert, Button, Group, List, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type BulkResult, type Ticket } from '../app/api.js';
import { Confirm } from '../app/confirm.js';
import { showFailure } from '../app/feedback.js';
import { texts } from '../app/texts.js';
import { useMe } from '../session/use-session.js';
import { mayDelete } from '../ticket/permissions.js';

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
      void client.invalidateQueries({ queryKey: ['tickets'] });
    },
  });
  return (
    <>
      {outcome && <OutcomeNotice outcome={outcome} onClose={() => setOutcome(undefined)} />}
      {tickets.length > 0 && (
        <Paper withBorder radius="md" p="xs" role="toolbar" aria-label={texts.list.bulk.title}>
          <Group gap="xs">
            <Text size="sm" fw={600} px="xs" role="status">
              {texts.list.selected(tickets.length)}
            </Text>
            {(['assign', 'resolve', 'close'] as const).map((action) => (
              <Button
                key={action}
                size="xs"
                variant="default"
                disabled={run.isPending}
                onClick={() => run.mutate(action)}
              >
                {texts.list.bulk[action]}
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
                {texts.list.bulk.delete}
              </Button>
            )}
          </Group>
        </Paper>
      )}
      <Confirm
        opened={asking}
        title={texts.list.bulk.delete}
        text={texts.list.bulk.confirmDelete(tickets.length)}
        action={texts.ticket.delete}
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
      message: message ?? error ?? texts.failed,
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
      closeButtonLabel={texts.close}
      onClose={onClose}
      title={texts.list.bulk.done(done, refused.length)}
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

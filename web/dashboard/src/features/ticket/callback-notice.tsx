import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import type { Ticket } from '../../data/api.js';
import type { TicketActions } from './actions/use-ticket-actions.js';
import { t } from '../../i18n/translate.js';
import { useCallback } from '../callbacks/use-callback.js';

interface NoticeProps {
  readonly ticket: Ticket;
  readonly actions: TicketActions;
}

/** At the head of a ticket whose donor is to be called back: by when, at which number, and that it is done. */
export function CallbackNotice({ ticket, actions }: NoticeProps) {
  const { callbackDueAt } = ticket;
  return callbackDueAt === null ? null : <Owed dueAt={callbackDueAt} ticket={ticket} actions={actions} />;
}

function Owed({ dueAt, ticket, actions }: NoticeProps & { readonly dueAt: string }) {
  const { time, isOverdue } = useCallback(dueAt);
  const { callbackPhone } = ticket;
  return (
    <Alert variant="light" color={isOverdue ? 'red' : 'yellow'} py="xs" role="status">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {isOverdue ? t('ticket.callback.missed', { time }) : t('ticket.callback.promised', { time })}
          {callbackPhone !== null && (
            <>
              {` ${t('ticket.callback.phone')}: `}
              <Anchor
                href={`tel:${callbackPhone.replace(/[^+\p{Nd}]/gu, '')}`}
                size="sm"
                c="inherit"
                underline="always"
              >
                <bdi>{callbackPhone}</bdi>
              </Anchor>
            </>
          )}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          loading={actions.busy === 'callback'}
          onClick={() => void actions.calledBack()}
        >
          {t('ticket.callback.done')}
        </Button>
      </Group>
    </Alert>
  );
}

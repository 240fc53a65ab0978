import { ActionIcon, Button, Group, Paper, Text } from '@mantine/core';
import { IconBellOff, IconPhone, IconVideo } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { WaitingCallRequest } from '../../../data/api.js';
import { donorOf } from '../../../data/ticket-names.js';
import { t } from '../../../i18n/translate.js';
import styles from './ring-card.module.css';

interface RingCardProps {
  readonly request: WaitingCallRequest;
  readonly secondsLeft: number;
  /** The browser does not let us make a sound yet. */
  readonly isBlocked: boolean;
  readonly busy: boolean;
  /** We are on another call already. */
  readonly onCall: boolean;
  readonly onAccept: () => void;
  readonly onReject: () => void;
  readonly onSilence: () => void;
}

export function RingCard(props: RingCardProps) {
  const { request, secondsLeft, isBlocked, busy, onCall, onAccept, onReject, onSilence } = props;
  const { ticket, mode } = request;
  const Icon = mode === 'video' ? IconVideo : IconPhone;
  return (
    <Paper
      withBorder
      shadow="md"
      radius="md"
      px="md"
      py="xs"
      className={styles.card}
      component="article"
      aria-label={donorOf(ticket)}
    >
      <Group gap="sm" justify="space-between">
        <Group gap="sm" wrap="nowrap" flex="1 1 280px" miw={0}>
          <Icon size={22} aria-hidden className={styles.icon} />
          <div style={{ minWidth: 0 }}>
            <Text fw={650} style={{ overflowWrap: 'anywhere' }}>
              {t(`core.ring.incoming.${mode}`, { name: donorOf(ticket) })}
            </Text>
            <Text size="sm" c="dimmed" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
              {ticket.number}
              {[ticket.subject, request.message].filter(Boolean).map((words) => (
                <Fragment key={words}>
                  {' · '}
                  <bdi>{words}</bdi>
                </Fragment>
              ))}
            </Text>
            <Text size="xs" c="dimmed">
              {t('core.ring.seconds', { left: secondsLeft })}
              {isBlocked && ` · ${t('core.ring.soundBlocked')}`}
              {onCall && ` · ${t('core.ring.busy')}`}
            </Text>
          </div>
        </Group>
        <Group gap="xs" wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('core.ring.silence')}
            title={t('core.ring.silence')}
            onClick={onSilence}
          >
            <IconBellOff size={18} aria-hidden />
          </ActionIcon>
          <Button variant="default" onClick={onReject} disabled={busy}>
            {t('core.ring.decline')}
          </Button>
          <Button
            onClick={onAccept}
            loading={busy}
            disabled={onCall}
            leftSection={<IconPhone size={16} aria-hidden />}
          >
            {t('core.ring.accept')}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

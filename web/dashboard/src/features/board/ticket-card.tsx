import { Group, Paper, Stack, Text, Tooltip } from '@mantine/core';
import { IconPhone, IconVideo } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { BoardTicket } from '../../data/api.js';
import { Face } from '../../ui/face.js';
import { useMinutes } from '../../ui/use-minutes.js';
import { ago } from '../../ui/when.js';
import { CallbackBadge } from '../callbacks/callback-badge.js';
import { donorOf, subjectOf } from '../../data/ticket-names.js';
import { LazyUnreadMark } from '../unread/lazy-mark.js';
import { PriorityBadge } from '../ticket-marks/badges.js';
import { WaitingBadge } from '../ticket-marks/waiting-badge.js';
import { t } from '../../i18n/translate.js';
import styles from './ticket-card.module.css';

export function TicketCard({ ticket }: { ticket: BoardTicket }) {
  const owner = ticket.admin;
  const now = useMinutes();
  return (
    <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }} className={styles.link}>
      <Paper withBorder p="sm" radius="md" bg="var(--card)">
        <Stack gap={6}>
          <Text fw={600} size="sm" dir="auto" truncate>
            {donorOf(ticket)}
          </Text>
          <Text size="sm" dir="auto" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
            {subjectOf(ticket)}
          </Text>
          <LazyUnreadMark ticket={ticket} />
          <CallbackBadge ticket={ticket} />
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Group gap={6} wrap="nowrap" miw={0}>
              <CallMark ticket={ticket} />
              <PriorityBadge priority={ticket.priority} />
              {ticket.waitingSince ? (
                <WaitingBadge ticket={ticket} />
              ) : (
                <Text size="xs" c="dimmed" truncate>
                  {ago(ticket.updatedAt, now)}
                </Text>
              )}
            </Group>
            <Tooltip label={owner?.name ?? t('core.card.unassigned')}>
              <Face
                size="sm"
                src={owner?.avatar}
                name={owner?.name}
                label={owner?.name ?? t('core.card.unassigned')}
              />
            </Tooltip>
          </Group>
        </Stack>
      </Paper>
    </Link>
  );
}

function CallMark({ ticket }: { ticket: BoardTicket }) {
  if (ticket.activeCallId === null) return null;
  const video = ticket.callType === 'video';
  const Icon = video ? IconVideo : IconPhone;
  const label = t(`core.card.wantsCall.${video ? 'video' : 'audio'}`);
  return <Icon size={16} role="img" aria-label={label} />;
}

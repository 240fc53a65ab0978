import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { BoardTicket, Dashboard } from '../../data/api.js';
import { LinkAnchor } from '../../ui/links.js';
import { t } from '../../i18n/translate.js';
import { TicketCard } from './ticket-card.js';
import styles from './board-column.module.css';

export const COLUMNS = [
  ['new', 'newTickets', 'new'],
  ['pending', 'pendingTickets', 'pending'],
  ['waiting_for_donor', 'waitingTickets', 'waiting'],
  ['active_call', 'activeCallTickets', 'activeCall'],
  ['transferred', 'transferredTickets', 'transferred'],
] as const;

type Column = (typeof COLUMNS)[number];
/** Counts are exact below this; the server stops counting there. */
const CAP = 1_000;
export const shown = (count: number): string =>
  t(count >= CAP ? 'core.board.many' : 'core.board.exact', { count: Math.min(count, CAP) });

export function ColumnOfCards({
  column,
  board,
  isMine,
  titled = false,
  strips = false,
}: {
  column: Column;
  board: Dashboard;
  /** It is the board of the person's own tickets. */
  isMine: boolean;
  titled?: boolean;
  /** Without tickets it is as narrow as its title, which stands upright. */
  strips?: boolean;
}) {
  const [status, group, countName] = column;
  const tickets: BoardTicket[] = board[group];
  const count = board.counts[countName];
  const isStrip = strips && tickets.length === 0;
  return (
    <Paper
      component="section"
      p="xs"
      radius="md"
      bg="var(--sunken)"
      aria-label={t(`core.status.${status}`)}
      className={isStrip ? styles.strip : titled ? styles.column : undefined}
    >
      <Stack gap="xs">
        {titled && (
          <Group justify="space-between" px={4} wrap="nowrap" className={styles.head}>
            <Title order={2} size="h6" textWrap="balance">
              {t(`core.status.${status}`)}
            </Title>
            {!isStrip && (
              <Badge variant="default" size="sm" style={{ flexShrink: 0 }}>
                {shown(count)}
              </Badge>
            )}
          </Group>
        )}
        {tickets.length === 0 && !isStrip && (
          <Text size="sm" c="dimmed" p="xs">
            {t(`core.board.empty.${status}`)}
          </Text>
        )}
        {tickets.map((ticket) => (
          <TicketCard key={ticket.id} ticket={ticket} />
        ))}
        {count > tickets.length && (
          <LinkAnchor to="/tickets" search={{ status, ...(isMine && { owner: 'me' }) }} size="sm" ta="center">
            {t('core.board.more', { count: shown(count) })}
          </LinkAnchor>
        )}
      </Stack>
    </Paper>
  );
}

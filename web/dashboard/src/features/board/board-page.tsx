import { Badge, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type BoardTicket, type Dashboard } from '../../data/api.js';
import { LinkAnchor } from '../../ui/links.js';
import { LoadFailed, Loading } from '../../ui/feedback.js';
import { t } from '../../i18n/translate.js';
import { TicketCard } from './ticket-card.js';
import styles from './board-page.module.css';

const COLUMNS = [
  ['new', 'newTickets', 'new'],
  ['pending', 'pendingTickets', 'pending'],
  ['waiting_for_donor', 'waitingTickets', 'waiting'],
  ['active_call', 'activeCallTickets', 'activeCall'],
  ['transferred', 'transferredTickets', 'transferred'],
] as const;

type Column = (typeof COLUMNS)[number];
/** Counts are exact below this; the server stops counting there. */
const CAP = 1_000;
const shown = (count: number): string =>
  t(count >= CAP ? 'core.board.many' : 'core.board.exact', { count: Math.min(count, CAP) });

const dashboardQuery = {
  queryKey: ['dashboard'],
  queryFn: () => answer(api.GET('/api/v1/tickets/dashboard')),
};

export function BoardPage() {
  const board = useQuery(dashboardQuery);
  const narrow = useMediaQuery('(max-width: 48em)');
  if (board.isPending) return <BoardFrame>{<Loading rows={4} />}</BoardFrame>;
  if (board.isError && board.data === undefined) {
    return (
      <BoardFrame>
        <LoadFailed text={t('core.board.failed')} error={board.error} onRetry={() => void board.refetch()} />
      </BoardFrame>
    );
  }
  return (
    <BoardFrame>{narrow ? <OneColumn board={board.data} /> : <AllColumns board={board.data} />}</BoardFrame>
  );
}

function BoardFrame({ children }: { children: React.ReactNode }) {
  return (
    <Stack h="100%">
      <Title order={1} size="h3">
        {t('core.board.title')}
      </Title>
      {children}
    </Stack>
  );
}

function AllColumns({ board }: { board: Dashboard }) {
  return (
    <div className={styles.columns} tabIndex={0} role="group" aria-label={t('core.board.title')}>
      {COLUMNS.map((column) => (
        <ColumnOfCards key={column[0]} column={column} board={board} titled />
      ))}
    </div>
  );
}

function OneColumn({ board }: { board: Dashboard }) {
  const [chosen, setChosen] = useState<string>('new');
  const column = COLUMNS.find(([status]) => status === chosen) ?? COLUMNS[0];
  return (
    <Stack>
      <div className={styles.sideways}>
        <SegmentedControl
          value={chosen}
          onChange={setChosen}
          aria-label={t('core.board.title')}
          data={COLUMNS.map(([status, , count]) => ({
            value: status,
            label: t('core.board.column', {
              status: t(`core.status.${status}`),
              count: shown(board.counts[count]),
            }),
          }))}
        />
      </div>
      <ColumnOfCards column={column} board={board} />
    </Stack>
  );
}

function ColumnOfCards({
  column,
  board,
  titled = false,
}: {
  column: Column;
  board: Dashboard;
  titled?: boolean;
}) {
  const [status, group, countName] = column;
  const tickets: BoardTicket[] = board[group];
  const count = board.counts[countName];
  return (
    <Paper component="section" p="xs" radius="md" bg="var(--sunken)" aria-label={t(`core.status.${status}`)}>
      <Stack gap="xs">
        {titled && (
          <Group justify="space-between" px={4} wrap="nowrap">
            <Title order={2} size="h6" textWrap="balance">
              {t(`core.status.${status}`)}
            </Title>
            <Badge variant="default" size="sm" style={{ flexShrink: 0 }}>
              {shown(count)}
            </Badge>
          </Group>
        )}
        {tickets.length === 0 && (
          <Text size="sm" c="dimmed" p="xs">
            {t(`core.board.empty.${status}`)}
          </Text>
        )}
        {tickets.map((ticket) => (
          <TicketCard key={ticket.id} ticket={ticket} />
        ))}
        {count > tickets.length && (
          <LinkAnchor to="/tickets" search={{ status }} size="sm" ta="center">
            {t('core.board.more', { count: shown(count) })}
          </LinkAnchor>
        )}
      </Stack>
    </Paper>
  );
}

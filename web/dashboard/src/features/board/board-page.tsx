import { Badge, Button, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type BoardTicket, type Dashboard } from '../../data/api.js';
import { useOwnStored } from '../../data/own-stored.js';
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

const dashboardQuery = (isMine: boolean) => ({
  queryKey: ['dashboard', isMine],
  queryFn: () =>
    answer(
      api.GET('/api/v1/tickets/dashboard', { params: { query: isMine ? { mine: 'true' as const } : {} } }),
    ),
});

export function BoardPage() {
  const [mine, setMine] = useOwnStored('mine');
  const board = useQuery(dashboardQuery(mine !== null));
  const narrow = useMediaQuery('(max-width: 48em)');
  const Columns = narrow ? OneColumn : AllColumns;
  return (
    <Stack className={styles.board}>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('core.board.title')}
        </Title>
        <Button
          size="xs"
          variant={mine ? 'filled' : 'default'}
          role="switch"
          aria-checked={mine !== null}
          onClick={() => setMine(mine ? null : 'yes')}
        >
          {t('core.board.mine')}
        </Button>
      </Group>
      {board.isPending && <Loading rows={4} />}
      {board.data === undefined && board.isError && (
        <LoadFailed text={t('core.board.failed')} error={board.error} onRetry={() => void board.refetch()} />
      )}
      {board.data && <Columns board={board.data} />}
    </Stack>
  );
}

function AllColumns({ board }: { board: Dashboard }) {
  const isEmpty = COLUMNS.every(([, group]) => board[group].length === 0);
  return (
    <div className={styles.columns} tabIndex={0} role="group" aria-label={t('core.board.title')}>
      {COLUMNS.map((column) => (
        <ColumnOfCards key={column[0]} column={column} board={board} titled strips={!isEmpty} />
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
  strips = false,
}: {
  column: Column;
  board: Dashboard;
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
      className={isStrip ? styles.strip : styles.column}
    >
      <Stack gap="xs">
        {titled && (
          <Group justify="space-between" px={4} wrap="nowrap" className={styles.head}>
            <Title order={2} size="h6" textWrap="balance">
              {t(`core.status.${status}`)}
            </Title>
            <Badge variant="default" size="sm" style={{ flexShrink: 0 }}>
              {shown(count)}
            </Badge>
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
          <LinkAnchor to="/tickets" search={{ status }} size="sm" ta="center">
            {t('core.board.more', { count: shown(count) })}
          </LinkAnchor>
        )}
      </Stack>
    </Paper>
  );
}

import { Button, Group, Stack, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { answer, api, type Dashboard } from '../../data/api.js';
import { useOwnStored } from '../../data/own-stored.js';
import { useMe } from '../../data/session/use-session.js';
import { withWords } from '../../i18n/language.js';
import { LoadFailed, Loading, partFailed } from '../../ui/feedback.js';
import { Part } from '../../ui/part.js';
import { t } from '../../i18n/translate.js';
import { COLUMNS, ColumnOfCards, shown } from './board-column.js';
import styles from './board-page.module.css';

const ColumnChoice = lazy(async () => ({ default: (await import('./column-choice.js')).ColumnChoice }));
const FirstSteps = lazy(async () => ({
  default: (await withWords(import('../first-steps/first-steps-card.js'), 'first-steps')).FirstStepsCard,
}));

const dashboardQuery = (isMine: boolean) => ({
  queryKey: ['dashboard', isMine],
  queryFn: () =>
    answer(
      api.GET('/api/v1/tickets/dashboard', { params: { query: isMine ? { mine: 'true' as const } : {} } }),
    ),
});

export function BoardPage() {
  const me = useMe();
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
      {me.role === 'SUPER_ADMIN' && mine === null && board.data && isEmpty(board.data) && (
        <Part>
          <FirstSteps />
        </Part>
      )}
      {board.data && <Columns board={board.data} isMine={mine !== null} />}
    </Stack>
  );
}

const isEmpty = (board: Dashboard): boolean => COLUMNS.every(([, group]) => board[group].length === 0);

interface ColumnsProps {
  readonly board: Dashboard;
  readonly isMine: boolean;
}

function AllColumns({ board, isMine }: ColumnsProps) {
  return (
    <div className={styles.columns} tabIndex={0} role="group" aria-label={t('core.board.title')}>
      {COLUMNS.map((column) => (
        <ColumnOfCards
          key={column[0]}
          column={column}
          board={board}
          isMine={isMine}
          titled
          strips={!isEmpty(board)}
        />
      ))}
    </div>
  );
}

function OneColumn({ board, isMine }: ColumnsProps) {
  const [chosen, setChosen] = useState<string>('new');
  const column = COLUMNS.find(([status]) => status === chosen) ?? COLUMNS[0];
  return (
    <Stack>
      <Part loading={<Loading rows={1} />} failed={partFailed}>
        <ColumnChoice
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
      </Part>
      <ColumnOfCards column={column} board={board} isMine={isMine} />
    </Stack>
  );
}

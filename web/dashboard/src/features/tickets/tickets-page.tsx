import '../../ui/mantine-pages.css';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Ticket } from '../../data/api.js';
import { LoadFailed, Loading } from '../../ui/feedback.js';
import { t } from '../../i18n/translate.js';
import { BulkBar } from './bulk-bar.js';
import { useHeldOrder } from './held-order.js';
import { readSearch, type ListSearch } from '../../data/lists/list-search.js';
import { SavedViews } from './saved-views.js';
import { TicketFilters } from './ticket-filters.js';
import { TicketList } from './ticket-list.js';
import { ticketsQuery } from '../../data/lists/tickets-query.js';

const NO_TICKETS: readonly Ticket[] = [];

/** Every ticket there is, or those that match; the address holds the filters. */
export function TicketsPage() {
  // Of everything in the address, only what the list understands.
  const search = readSearch({ ...useSearch({ from: '/tickets' }) });
  const navigate = useNavigate();
  const setSearch = (next: ListSearch): void =>
    void navigate({ to: '/tickets', search: next, replace: true });
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('list.title')}
        </Title>
        <SavedViews search={search} onChoose={setSearch} />
      </Group>
      <TicketFilters search={search} onChange={setSearch} />
      <Results key={JSON.stringify(search)} search={search} />
    </Stack>
  );
}

function Results({ search }: { search: ListSearch }) {
  const query = useInfiniteQuery(ticketsQuery(search));
  const pages = query.data?.pages ?? [];
  const { rows, waiting, release } = useHeldOrder(
    query.data ? pages.flatMap((page) => page.tickets) : NO_TICKETS,
    String(pages.length),
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });

  /** A refresh that this interrupts is made up for. */
  const loadMore = async (): Promise<void> => {
    const interrupts = query.isRefetching;
    await query.fetchNextPage();
    if (interrupts) await query.refetch();
  };

  if (query.isPending) return <Loading rows={6} height={52} />;
  if (query.data === undefined) {
    return <LoadFailed text={t('list.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (rows.length === 0) return <Text c="dimmed">{t('list.empty')}</Text>;
  const present = rows.filter(({ id }) => chosen.has(id));
  return (
    <Stack gap="sm">
      <Group justify="space-between" mih={30}>
        <Text size="sm" c="dimmed" role="status">
          {t(pages[0]?.isEstimate ? 'list.totalAbout' : 'list.total', { count: pages[0]?.total ?? 0 })}
        </Text>
        {waiting > 0 && (
          <Button size="compact-sm" variant="light" onClick={release}>
            {t('list.changed', { count: waiting })}
          </Button>
        )}
      </Group>
      {query.isError && (
        <LoadFailed text={t('list.stale')} error={query.error} onRetry={() => void query.refetch()} stale />
      )}
      <BulkBar tickets={present} onDone={() => setChosen(new Set())} />
      <TicketList tickets={rows} chosen={chosen} onChoose={setChosen} narrow={narrow} />
      {query.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          loading={query.isFetchingNextPage}
          onClick={() => void loadMore()}
        >
          {t('list.more')}
        </Button>
      )}
    </Stack>
  );
}

import '../../ui/mantine-pages.css';
import { Button, Group, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LoadFailed, Loading, NotFound } from '../../ui/feedback.js';
import { peopleQuery } from '../people/people-query.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { activityQuery, type ActivityFilter } from './activity-query.js';
import { EntryLine } from './entry-line.js';
import styles from './activity-page.module.css';

/** Beginnings of actions. */
const AREAS = ['auth', 'user', 'access', 'ticket', 'donor', 'taxonomy', 'desk'] as const;

/** The audit log, for super admins. Everybody else finds nothing at this address. */
export function ActivityPage() {
  const me = useMe();
  return me.role === 'SUPER_ADMIN' ? <Activity /> : <NotFound />;
}

function Activity() {
  const [filter, setFilter] = useState<ActivityFilter>({});
  return (
    <Stack>
      <div>
        <Title order={1} size="h3">
          {t('activity.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('activity.intro')}
        </Text>
      </div>
      <Filters filter={filter} onChange={setFilter} />
      <Entries filter={filter} />
    </Stack>
  );
}

function Entries({ filter }: { filter: ActivityFilter }) {
  const query = useInfiniteQuery(activityQuery(filter));
  if (query.isPending) return <Loading rows={8} height={44} />;
  if (query.data === undefined)
    return (
      <LoadFailed text={t('activity.failed')} error={query.error} onRetry={() => void query.refetch()} />
    );
  const entries = query.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0)
    return (
      <Text c="dimmed" role="status">
        {t('activity.empty')}
      </Text>
    );
  return (
    <Stack gap="sm">
      {query.isError && (
        <LoadFailed
          text={t('activity.stale')}
          error={query.error}
          onRetry={() => void query.refetch()}
          stale
        />
      )}
      <Paper
        withBorder
        radius="md"
        component="ol"
        className={styles.entries}
        aria-label={t('activity.title')}
      >
        {entries.map((entry) => (
          <EntryLine key={entry.id} entry={entry} />
        ))}
      </Paper>
      {query.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('activity.more')}
        </Button>
      )}
    </Stack>
  );
}

interface FiltersProps {
  readonly filter: ActivityFilter;
  readonly onChange: (filter: ActivityFilter) => void;
}

function Filters({ filter, onChange }: FiltersProps) {
  const people = useQuery(peopleQuery).data ?? [];
  const set = (name: keyof ActivityFilter, value: string | null): void => {
    const others = Object.entries(filter).filter(([key]) => key !== name);
    onChange(Object.fromEntries(value ? [...others, [name, value]] : others));
  };
  return (
    <Group gap="xs" align="flex-end">
      <Select
        label={t('activity.person')}
        placeholder={t('activity.anyone')}
        data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={filter.actor ?? null}
        onChange={(value) => set('actor', value)}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('activity.anyone') }}
        style={{ flex: '1 1 180px' }}
      />
      <Select
        label={t('activity.what')}
        placeholder={t('activity.anything')}
        data={AREAS.map((area) => ({ value: area, label: t(`activity.areas.${area}`) }))}
        value={filter.action ?? null}
        onChange={(value) => set('action', value)}
        clearable
        clearButtonProps={{ 'aria-label': t('activity.anything') }}
        style={{ flex: '1 1 180px' }}
      />
      <TextInput
        type="date"
        label={t('activity.from')}
        value={filter.from ?? ''}
        onChange={(event) => set('from', event.currentTarget.value)}
        style={{ flex: '1 1 130px' }}
      />
      <TextInput
        type="date"
        label={t('activity.to')}
        value={filter.to ?? ''}
        onChange={(event) => set('to', event.currentTarget.value)}
        style={{ flex: '1 1 130px' }}
      />
      {Object.keys(filter).length > 0 && (
        <Button variant="subtle" leftSection={<IconX size={16} aria-hidden />} onClick={() => onChange({})}>
          {t('activity.clear')}
        </Button>
      )}
    </Group>
  );
}

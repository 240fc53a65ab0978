import '../../ui/mantine-pages.css';
import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { STAFF_ROLES, type StaffRole } from '../../../../../src/contract/roles.js';
import type { StaffRecord } from '../../data/api.js';
import { LoadFailed, Loading, NotFound } from '../../ui/feedback.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { Invitations } from './invitations.js';
import { InvitePerson } from './invite-person.js';
import { NewPerson } from './new-person.js';
import { PeopleList } from './people-list.js';
import { peopleQuery } from './people-query.js';
import { PersonDrawer } from './person-drawer.js';

const STATES = ['active', 'inactive', 'all'] as const;
type State = (typeof STATES)[number];

interface Filter {
  readonly text: string;
  readonly role: StaffRole | null;
  readonly state: State;
}

/** Who works here, for super admins. Everybody else finds nothing at this address. */
export function PeoplePage() {
  const me = useMe();
  return me.role === 'SUPER_ADMIN' ? <People /> : <NotFound />;
}

function People() {
  const query = useQuery(peopleQuery);
  const [filter, setFilter] = useState<Filter>({ text: '', role: null, state: 'active' });
  const [openId, setOpenId] = useState<number>();
  const [isAdding, adding] = useDisclosure(false);
  const [isInviting, inviting] = useDisclosure(false);
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const shown = (query.data ?? []).filter((person) => matches(person, filter));
  const open = query.data?.find(({ id }) => id === openId);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('people.title')}
        </Title>
        <Group gap="xs">
          <Button variant="default" onClick={adding.open}>
            {t('people.add')}
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={inviting.open}>
            {t('people.invite')}
          </Button>
        </Group>
      </Group>
      <Invitations />
      <Filters filter={filter} onChange={setFilter} />
      {query.isPending && <Loading rows={5} height={56} />}
      {query.isError && (
        <LoadFailed
          text={t('people.failed')}
          error={query.error}
          onRetry={() => void query.refetch()}
          stale={query.data !== undefined}
        />
      )}
      {query.data && (
        <Stack gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {shown.length === 0 ? t('people.empty') : t('people.count', { count: shown.length })}
          </Text>
          {shown.length > 0 && (
            <PeopleList people={shown} narrow={narrow} onOpen={(person) => setOpenId(person.id)} />
          )}
        </Stack>
      )}
      <InvitePerson opened={isInviting} onClose={inviting.close} />
      <NewPerson opened={isAdding} onClose={adding.close} />
      <PersonDrawer person={open} onClose={() => setOpenId(undefined)} />
    </Stack>
  );
}

function matches(person: StaffRecord, { text, role, state }: Filter): boolean {
  const wanted = text.trim().toLowerCase();
  const spoken = `${person.name} ${person.username} ${person.email ?? ''}`.toLowerCase();
  return (
    spoken.includes(wanted) &&
    (role === null || person.role === role) &&
    (state === 'all' || person.isActive === (state === 'active'))
  );
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  return (
    <Group gap="xs">
      <TextInput
        type="search"
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        style={{ flex: '2 1 220px' }}
      />
      <Select
        aria-label={t('people.role')}
        placeholder={t('people.anyRole')}
        data={STAFF_ROLES.map((role) => ({ value: role, label: t(`people.roles.${role}`) }))}
        value={filter.role}
        onChange={(role) => onChange({ ...filter, role })}
        clearable
        clearButtonProps={{ 'aria-label': t('people.anyRole') }}
        style={{ flex: '1 1 140px' }}
      />
      <SegmentedControl
        aria-label={t('people.state')}
        data={STATES.map((state) => ({ value: state, label: t(`people.states.${state}`) }))}
        value={filter.state}
        onChange={(state) => onChange({ ...filter, state })}
      />
    </Group>
  );
}

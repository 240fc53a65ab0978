import { Button, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { isEmailAddress } from '../../../../../src/contract/email-address.js';
import type { Availability } from '../../../../../src/contract/roles.js';
import { useTeams } from '../../data/taxonomy.js';
import type { StaffRecord } from '../../data/api.js';
import { Face } from '../../ui/face.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { ToneBadge, type Tone } from '../../ui/tone-badge.js';
import { TableFrame } from '../../ui/table-frame.js';

interface ListProps {
  readonly people: readonly StaffRecord[];
  /** Cards instead of a table. */
  readonly narrow: boolean;
  readonly onOpen: (person: StaffRecord) => void;
}

interface RowProps {
  readonly person: StaffRecord;
  readonly onOpen: () => void;
}

const TONES: Record<Availability, Tone> = {
  online: 'success',
  away: 'warning',
  offline: 'quiet',
};

export function PeopleList({ people, narrow, onOpen }: ListProps) {
  if (narrow) {
    return (
      <Stack gap="xs">
        {people.map((person) => (
          <Card key={person.id} person={person} onOpen={() => onOpen(person)} />
        ))}
      </Stack>
    );
  }
  return (
    <TableFrame>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('people.columns.person')}</Table.Th>
            <Table.Th>{t('people.columns.role')}</Table.Th>
            <Table.Th>{t('people.columns.team')}</Table.Th>
            <Table.Th>{t('people.columns.availability')}</Table.Th>
            <Table.Th>{t('people.columns.tickets')}</Table.Th>
            <Table.Th>{t('people.columns.security')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Row key={person.id} person={person} onOpen={() => onOpen(person)} />
          ))}
        </Table.Tbody>
      </Table>
    </TableFrame>
  );
}

function Row({ person, onOpen }: RowProps) {
  return (
    <Table.Tr>
      <Table.Td maw={320}>
        <Who person={person} onOpen={onOpen} />
      </Table.Td>
      <Table.Td>
        <Text size="sm">{t(`people.roles.${person.role}`)}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          <TeamName team={person.team} />
        </Text>
      </Table.Td>
      <Table.Td>
        <Presence person={person} />
      </Table.Td>
      <Table.Td>
        <Load person={person} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" {...(!person.totpEnabled && { c: 'dimmed' })}>
          {person.totpEnabled ? t('people.on') : t('people.off')}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function Card({ person, onOpen }: RowProps) {
  return (
    <Paper withBorder radius="md" p="sm">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Who person={person} onOpen={onOpen} />
          <Presence person={person} />
        </Group>
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">
            {t(`people.roles.${person.role}`)} · <TeamName team={person.team} />
          </Text>
          <Group gap={4}>
            <Text size="sm" c="dimmed">
              {t('people.columns.tickets')}:
            </Text>
            <Load person={person} />
          </Group>
        </Group>
      </Stack>
    </Paper>
  );
}

function Who({ person, onOpen }: RowProps) {
  const me = useMe();
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <Face size={34} src={person.avatar} name={person.name} />
      <Stack gap={0} miw={0} align="flex-start">
        <Group gap={6} wrap="nowrap" miw={0} maw="100%">
          <Button
            variant="transparent"
            size="compact-sm"
            p={0}
            c="var(--mantine-color-text)"
            fw={600}
            miw={0}
            onClick={onOpen}
            aria-label={t('people.edit', { name: person.name })}
          >
            <bdi>{person.name}</bdi>
          </Button>
          {person.id === me.id && (
            <ToneBadge tone="accent" size="xs" style={{ flexShrink: 0 }}>
              {t('people.you')}
            </ToneBadge>
          )}
        </Group>
        <Text size="xs" c="dimmed" truncate maw="100%">
          {person.email ?? person.username}
        </Text>
        {person.email !== null && !isEmailAddress(person.email) && (
          <Text size="xs" c="var(--danger)">
            {t('people.cannotBeEmailed')}
          </Text>
        )}
      </Stack>
    </Group>
  );
}

function Presence({ person }: { person: StaffRecord }) {
  const [tone, label] = person.isActive
    ? [TONES[person.availability], t(`core.availability.${person.availability}`)]
    : ['danger' as const, t('people.deactivated')];
  return (
    <ToneBadge tone={tone} style={{ flexShrink: 0 }}>
      {label}
    </ToneBadge>
  );
}

function Load({ person: { openTickets, capacity, isActive } }: { person: StaffRecord }) {
  const isOver = openTickets > (isActive ? capacity : 0);
  return (
    <Text size="sm" {...(isOver && { c: 'var(--danger)', fw: 600 })}>
      {t('people.load', { open: openTickets, capacity })}
    </Text>
  );
}

/** A component, because the names of teams are loaded. */
function TeamName({ team }: Pick<StaffRecord, 'team'>): string {
  return useTeams(team).find(({ value }) => value === team)?.label ?? team;
}

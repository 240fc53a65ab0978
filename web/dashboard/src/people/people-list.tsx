import { Badge, Button, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { isEmailAddress } from '../../../../src/contract/email-address.js';
import type { Availability } from '../../../../src/contract/roles.js';
import type { StaffRecord } from '../app/api.js';
import { Face } from '../app/face.js';
import { texts } from '../app/texts.js';
import { useMe } from '../session/use-session.js';
import { words } from './people-texts.js';

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

const TONES: Record<Availability, string> = {
  online: 'tone-success',
  away: 'tone-warning',
  offline: 'tone-quiet',
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
  const { columns } = words;
  return (
    <Paper withBorder radius="md" className="table-frame">
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.person}</Table.Th>
            <Table.Th>{columns.role}</Table.Th>
            <Table.Th>{columns.team}</Table.Th>
            <Table.Th>{columns.availability}</Table.Th>
            <Table.Th>{columns.tickets}</Table.Th>
            <Table.Th>{columns.security}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Row key={person.id} person={person} onOpen={() => onOpen(person)} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Row({ person, onOpen }: RowProps) {
  return (
    <Table.Tr>
      <Table.Td maw={320}>
        <Who person={person} onOpen={onOpen} />
      </Table.Td>
      <Table.Td>
        <Text size="sm">{words.roles[person.role]}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{teamOf(person)}</Text>
      </Table.Td>
      <Table.Td>
        <Presence person={person} />
      </Table.Td>
      <Table.Td>
        <Load person={person} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" {...(!person.totpEnabled && { c: 'dimmed' })}>
          {person.totpEnabled ? words.on : words.off}
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
            {words.roles[person.role]} · {teamOf(person)}
          </Text>
          <Group gap={4}>
            <Text size="sm" c="dimmed">
              {words.columns.tickets}:
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
            aria-label={words.edit(person.name)}
          >
            <bdi>{person.name}</bdi>
          </Button>
          {person.id === me.id && (
            <Badge size="xs" tt="none" className="tone-accent" style={{ flexShrink: 0 }}>
              {words.you}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed" truncate maw="100%">
          {person.email ?? person.username}
        </Text>
        {person.email !== null && !isEmailAddress(person.email) && (
          <Text size="xs" c="var(--danger)">
            {words.cannotBeEmailed}
          </Text>
        )}
      </Stack>
    </Group>
  );
}

function Presence({ person }: { person: StaffRecord }) {
  const [tone, label] = person.isActive
    ? [TONES[person.availability], texts.availability[person.availability]]
    : ['tone-danger', words.deactivated];
  return (
    <Badge tt="none" className={tone} style={{ flexShrink: 0 }}>
      {label}
    </Badge>
  );
}

function Load({ person: { openTickets, capacity, isActive } }: { person: StaffRecord }) {
  const isOver = openTickets > (isActive ? capacity : 0);
  return (
    <Text size="sm" {...(isOver && { c: 'var(--danger)', fw: 600 })}>
      {words.load(openTickets, capacity)}
    </Text>
  );
}

function teamOf({ team }: StaffRecord): string {
  return team in texts.team ? texts.team[team as keyof typeof texts.team] : team;
}

import { Checkbox, Group, Paper, Stack, Table, Text, Tooltip } from '@mantine/core';
import type { Ticket } from '../../data/api.js';
import { Face } from '../../ui/face.js';
import { LinkAnchor } from '../../ui/links.js';
import { useMinutes } from '../../ui/use-minutes.js';
import { ago, momentOf } from '../../ui/when.js';
import { CallbackBadge } from '../callbacks/callback-badge.js';
import { t } from '../../i18n/translate.js';
import { useCategories } from '../../data/taxonomy.js';
import { donorOf, subjectOf } from '../../data/ticket-names.js';
import { LazyUnreadMark } from '../unread/lazy-mark.js';
import { PriorityBadge, StatusBadge } from '../ticket-marks/badges.js';
import { WaitingBadge } from '../ticket-marks/waiting-badge.js';
import { TableFrame } from '../../ui/table-frame.js';

type Chosen = ReadonlySet<string>;

interface ListProps {
  readonly tickets: readonly Ticket[];
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  /** Cards instead of a table. */
  readonly narrow: boolean;
}

interface RowProps {
  readonly ticket: Ticket;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}

export function TicketList({ tickets, chosen, onChoose, narrow }: ListProps) {
  const all = tickets.every(({ id }) => chosen.has(id));
  const some = tickets.some(({ id }) => chosen.has(id));
  const toggle = (id: string): void => onChoose(toggled(chosen, id));
  const selectAll = (
    <Checkbox
      aria-label={t('list.selectAll')}
      {...(narrow && { label: t('list.selectAll') })}
      checked={all}
      indeterminate={some && !all}
      onChange={() => onChoose(new Set(all ? [] : tickets.map(({ id }) => id)))}
    />
  );
  const rows = tickets.map((ticket) => ({
    ticket,
    chosen: chosen.has(ticket.id),
    onToggle: () => toggle(ticket.id),
  }));
  if (narrow) {
    return (
      <Stack gap="xs">
        {selectAll}
        {rows.map((row) => (
          <Card key={row.ticket.id} {...row} />
        ))}
      </Stack>
    );
  }
  return (
    <TableFrame>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={44}>{selectAll}</Table.Th>
            <Table.Th>{t('list.columns.ticket')}</Table.Th>
            <Table.Th>{t('list.columns.donor')}</Table.Th>
            <Table.Th>{t('list.columns.status')}</Table.Th>
            <Table.Th>{t('list.columns.waiting')}</Table.Th>
            <Table.Th>{t('list.columns.priority')}</Table.Th>
            <Table.Th>{t('list.columns.category')}</Table.Th>
            <Table.Th>{t('list.columns.owner')}</Table.Th>
            <Table.Th>{t('list.columns.updated')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={row.ticket.id} {...row} />
          ))}
        </Table.Tbody>
      </Table>
    </TableFrame>
  );
}

function Row({ ticket, chosen, onToggle }: RowProps) {
  return (
    <Table.Tr data-ticket={ticket.number} {...(chosen && { bg: 'var(--mantine-primary-color-light)' })}>
      <Table.Td>
        <Choose ticket={ticket} chosen={chosen} onToggle={onToggle} />
      </Table.Td>
      <Table.Td maw={215}>
        <Subject ticket={ticket} />
        <Text size="xs" c="dimmed">
          {ticket.number}
        </Text>
        <LazyUnreadMark ticket={ticket} />
      </Table.Td>
      <Table.Td maw={125}>
        <Text size="sm" dir="auto" truncate>
          {donorOf(ticket)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Stack gap={4} align="flex-start">
          <StatusBadge status={ticket.status} />
          <CallbackBadge ticket={ticket} />
        </Stack>
      </Table.Td>
      <Table.Td>
        <WaitingBadge ticket={ticket} short />
      </Table.Td>
      <Table.Td>
        <PriorityBadge priority={ticket.priority} />
      </Table.Td>
      <Table.Td maw={105}>
        <Category name={ticket.category} />
      </Table.Td>
      <Table.Td maw={110}>
        <Owner ticket={ticket} />
      </Table.Td>
      <Table.Td>
        <Updated ticket={ticket} />
      </Table.Td>
    </Table.Tr>
  );
}

function Card({ ticket, chosen, onToggle }: RowProps) {
  return (
    <Paper
      withBorder
      radius="md"
      p="sm"
      data-ticket={ticket.number}
      {...(chosen && { bg: 'var(--mantine-primary-color-light)' })}
    >
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Choose ticket={ticket} chosen={chosen} onToggle={onToggle} />
        <Stack gap={4} miw={0} flex={1}>
          <Subject ticket={ticket} />
          <Text size="xs" c="dimmed" truncate>
            <bdi>{donorOf(ticket)}</bdi> · {ticket.number}
          </Text>
          <LazyUnreadMark ticket={ticket} />
          <Group gap="xs" justify="space-between">
            <Group gap="xs">
              <StatusBadge status={ticket.status} />
              <PriorityBadge priority={ticket.priority} />
              <WaitingBadge ticket={ticket} />
              <CallbackBadge ticket={ticket} />
            </Group>
            <Updated ticket={ticket} />
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}

function Choose({ ticket, chosen, onToggle }: RowProps) {
  return (
    <Checkbox aria-label={t('list.select', { number: ticket.number })} checked={chosen} onChange={onToggle} />
  );
}

function Subject({ ticket }: { ticket: Ticket }) {
  return (
    <LinkAnchor
      to="/tickets/$ticketId"
      params={{ ticketId: ticket.id }}
      size="sm"
      fw={600}
      c="var(--mantine-color-text)"
      truncate
      display="block"
      dir="auto"
    >
      {subjectOf(ticket)}
    </LinkAnchor>
  );
}

/** In the language of the page, where the category has a name in it. */
function Category({ name }: { name: string | null }) {
  const categories = useCategories(name);
  const label = categories.find(({ value }) => value === name)?.label;
  return (
    <Text size="sm" dir="auto" truncate title={label}>
      {label}
    </Text>
  );
}

function Owner({ ticket: { admin } }: { ticket: Ticket }) {
  if (!admin) {
    return (
      <Text size="sm" c="dimmed">
        {t('core.card.unassigned')}
      </Text>
    );
  }
  return (
    <Group gap={6} wrap="nowrap">
      <Face size="sm" src={admin.avatar} name={admin.name} />
      <Text size="sm" dir="auto" truncate>
        {admin.name}
      </Text>
    </Group>
  );
}

function Updated({ ticket }: { ticket: Ticket }) {
  const now = useMinutes();
  return (
    <Tooltip label={momentOf(ticket.updatedAt)}>
      <Text
        size="sm"
        c="dimmed"
        component="time"
        dateTime={ticket.updatedAt}
        style={{ whiteSpace: 'nowrap' }}
      >
        {ago(ticket.updatedAt, now)}
      </Text>
    </Tooltip>
  );
}

function toggled(chosen: Chosen, id: string): Chosen {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

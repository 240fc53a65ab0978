import { Button, Group, MultiSelect, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconArrowsSort, IconFilter, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { PRIORITIES } from '../../../../../src/contract/ticket-fields.js';
import { TICKET_STATUSES } from '../../../../../src/contract/ticket-status.js';
import { useStaff } from '../../data/staff.js';
import { useCategories } from '../../data/taxonomy.js';
import { t } from '../../i18n/translate.js';
import { CALLBACKS, orderOf, SORTS, statusesOf, type ListSearch } from '../../data/lists/list-search.js';

const TYPING_MS = 300;

interface FiltersProps {
  readonly search: ListSearch;
  readonly onChange: (search: ListSearch) => void;
}

export function TicketFilters({ search, onChange }: FiltersProps) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [opened, disclosure] = useDisclosure(false);
  const { q, sort: _, ...others } = search;
  const count = Object.keys(others).length;
  return (
    <Group gap="xs" align="flex-end">
      <SearchField
        text={q ?? ''}
        onChange={(text) => onChange(without({ ...search, q: text || undefined }))}
      />
      {narrow && (
        <Button
          variant="default"
          aria-expanded={opened}
          leftSection={<IconFilter size={16} aria-hidden />}
          onClick={disclosure.toggle}
        >
          {t('list.filters', { count })}
        </Button>
      )}
      {(opened || !narrow) && <Choices search={search} onChange={onChange} />}
      <Order search={search} onChange={onChange} />
    </Group>
  );
}

/** The filters with those that are to be off. */
type Wishes = { readonly [Name in keyof ListSearch]: ListSearch[Name] | undefined };

/** The address names no filters that are off. */
function without(search: Wishes): ListSearch {
  return Object.fromEntries(
    Object.entries<string | undefined>(search).filter(([, value]) => value !== undefined),
  );
}

function Choices({ search, onChange }: FiltersProps) {
  const staff = useStaff();
  const set = (change: Wishes): void => onChange(without({ ...search, ...change }));
  const owners = [
    { value: 'me', label: t('list.mine') },
    { value: 'none', label: t('list.nobody') },
    ...staff.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  const categories = useCategories(search.category);
  return (
    <>
      <MultiSelect
        aria-label={t('list.status')}
        placeholder={search.status ? '' : t('list.status')}
        data={TICKET_STATUSES.map((status) => ({ value: status, label: t(`core.status.${status}`) }))}
        value={statusesOf(search.status)}
        onChange={(statuses) => set({ status: statuses.join(',') || undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('list.clear.status') }}
        style={{ flex: '1 1 200px' }}
      />
      <Select
        aria-label={t('list.priority')}
        placeholder={t('list.priority')}
        data={PRIORITIES.map((priority) => ({ value: priority, label: t(`core.priority.${priority}`) }))}
        value={search.priority ?? null}
        onChange={(priority) => set({ priority: priority ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('list.clear.priority') }}
        style={{ flex: '1 1 120px' }}
      />
      <Select
        aria-label={t('list.category')}
        placeholder={t('list.category')}
        data={categories}
        value={search.category ?? null}
        onChange={(category) => set({ category: category ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('list.clear.category') }}
        style={{ flex: '1 1 160px' }}
      />
      <Select
        aria-label={t('list.owner')}
        placeholder={t('list.anyone')}
        data={owners}
        value={search.owner ?? null}
        onChange={(owner) => set({ owner: owner ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('list.clear.owner') }}
        style={{ flex: '1 1 140px' }}
      />
      <Select
        aria-label={t('core.callback.title')}
        placeholder={t('core.callback.title')}
        data={CALLBACKS.map((callback) => ({ value: callback, label: t(`core.callback.${callback}`) }))}
        value={search.callback ?? null}
        onChange={(callback) => set({ callback: callback ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('list.clear.callback') }}
        style={{ flex: '1 1 160px' }}
      />
      {Object.keys(search).length > 0 && (
        <Button variant="subtle" leftSection={<IconX size={16} aria-hidden />} onClick={() => onChange({})}>
          {t('list.clear')}
        </Button>
      )}
    </>
  );
}

/** How the list is sorted; callbacks have an order of their own until another is chosen. */
function Order({ search, onChange }: FiltersProps) {
  const order = orderOf(search);
  const names = search.callback ? (['due', ...SORTS] as const) : SORTS;
  return (
    <Select
      aria-label={t('list.sort')}
      data={names.map((name) => ({ value: name, label: t(`list.sort.${name}`) }))}
      value={order}
      onChange={(chosen) =>
        onChange(
          without({ ...search, sort: SORTS.find((name) => name === chosen && chosen !== usual(search)) }),
        )
      }
      allowDeselect={false}
      leftSection={<IconArrowsSort size={16} aria-hidden />}
      style={{ flex: '1 1 170px' }}
    />
  );
}

/** The order that the address need not name. */
const usual = ({ sort: _, ...search }: ListSearch): string => orderOf(search);

function SearchField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const tell = useDebouncedCallback(onChange, TYPING_MS);
  // The address also changes from elsewhere: a saved view, the search in the header, the back button.
  useEffect(() => setTyped(text), [text]);
  return (
    <TextInput
      type="search"
      aria-label={t('list.search')}
      placeholder={t('list.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      maxLength={200}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        tell(currentTarget.value.trim());
      }}
      style={{ flex: '2 1 220px' }}
    />
  );
}

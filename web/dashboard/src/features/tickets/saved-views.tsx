import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useState, type SubmitEvent } from 'react';
import { useOwnList } from '../../data/own-stored.js';
import { t } from '../../i18n/translate.js';
import { readSearch, type ListSearch } from '../../data/lists/list-search.js';

interface SavedView {
  readonly name: string;
  readonly search: ListSearch;
}

interface SavedViewsProps {
  readonly search: ListSearch;
  readonly onChoose: (search: ListSearch) => void;
}

/** Filters that this person keeps under a name, in this browser. */
export function SavedViews({ search, onChoose }: SavedViewsProps) {
  const [views, change] = useOwnList('views', isView);
  const save = (name: string): void =>
    change((list) => [...list.filter((view) => view.name !== name), { name, search }]);
  const [opened, setOpened] = useState(false);
  return (
    <Group gap="xs">
      <Popover
        opened={opened}
        onChange={setOpened}
        trapFocus
        returnFocus
        position="bottom-end"
        withRoles
        width={260}
      >
        <Popover.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconBookmark size={16} aria-hidden />}
            onClick={() => setOpened(!opened)}
          >
            {t('list.views.title')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('list.views.title')} p="xs">
          {views.length === 0 && (
            <Text size="sm" c="dimmed" tabIndex={0}>
              {t('list.views.none')}
            </Text>
          )}
          {views.map((view) => (
            <Group key={view.name} gap={4} wrap="nowrap">
              <Button
                variant="subtle"
                color="gray"
                c="var(--mantine-color-text)"
                justify="flex-start"
                flex={1}
                onClick={() => {
                  onChoose(readSearch({ ...view.search }));
                  setOpened(false);
                }}
              >
                <bdi>{view.name}</bdi>
              </Button>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('list.views.remove', { name: view.name })}
                onClick={() => change((list) => list.filter(({ name }) => name !== view.name))}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
        </Popover.Dropdown>
      </Popover>
      {Object.keys(search).length > 0 && <SaveView onSave={save} />}
    </Group>
  );
}

function SaveView({ onSave }: { onSave: (name: string) => void }) {
  const [opened, setOpened] = useState(false);
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (typeof name !== 'string' || name.trim() === '') return;
    onSave(name.trim());
    setOpened(false);
  }
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-end" withRoles>
      <Popover.Target>
        <Button variant="subtle" size="xs" onClick={() => setOpened(!opened)}>
          {t('list.views.save')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('list.views.save')}>
        <form onSubmit={submit}>
          <Stack gap="xs">
            <TextInput
              name="name"
              label={t('list.views.name')}
              required
              withAsterisk={false}
              maxLength={60}
            />
            <Button type="submit" size="xs">
              {t('core.save')}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function isView(value: unknown): value is SavedView {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'search' in value
  );
}

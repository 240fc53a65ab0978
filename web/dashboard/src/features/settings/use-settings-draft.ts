import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AGES } from '../../../../../src/contract/desk-ages.js';
import { Refusal } from '../../../../client/rest/refusal.js';
import { answer, api } from '../../data/api.js';
import { useSubmit } from '../../ui/use-submit.js';
import { t } from '../../i18n/translate.js';
import { changesOf, draftOf, faultOf, type Draft, type Fault } from './draft.js';
import type { FieldsProps } from './fields-props.js';
import { deskSettingsQuery, type DeskSettings } from './settings-query.js';

const isSame = (one: Draft, other: Draft): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The form's fields and what can be done with them. `stored` is what the server said last. */
export function useSettingsDraft(stored: DeskSettings) {
  const client = useQueryClient();
  const { busy, faults, submit } = useSubmit();
  const [from, setFrom] = useState(stored);
  const [draft, setDraft] = useState(() => draftOf(stored));
  const [isStale, setStale] = useState(false);
  const isDirty = !isSame(draft, draftOf(from));
  const fault = faultOf(draft);

  function takeOver(settings: DeskSettings): void {
    client.setQueryData(deskSettingsQuery.queryKey, settings);
    setFrom(settings);
    setDraft(draftOf(settings));
    setStale(false);
  }
  // Somebody else's change shows at once where none of one's own would be lost.
  if (!isDirty && stored.version > from.version) {
    setFrom(stored);
    setDraft(draftOf(stored));
  }

  async function save(): Promise<void> {
    const version = isSame(draftOf(stored), draftOf(from)) ? stored.version : from.version;
    const request = api.PATCH('/api/v1/desk/settings', { body: { version, ...changesOf(draft) } });
    try {
      takeOver(await answer(request));
      notifications.show({ color: 'green', message: t('core.saved'), role: 'status' });
    } catch (error) {
      if (!isConflict(error)) throw error;
      setStale(true);
    }
  }

  const shown = { ...byPart(faults), ...wordsOf(fault) };
  const onChange: FieldsProps['onChange'] = (change) => setDraft((before) => ({ ...before, ...change }));
  const undo = () => setDraft(draftOf(from));
  return {
    ...{ fields: { draft, onChange, faults: shown }, busy, isDirty, isStale, fault, undo },
    save: () => submit(save),
    load: () => submit(async () => takeOver(await deskSettingsQuery.queryFn())),
  };
}

/** Whether somebody else has saved meanwhile. */
const isConflict = (error: unknown): boolean => error instanceof Refusal && error.code === 'CONFLICT';

/** The server names the faulty line of a list, such as `hours.0.from`. */
const byPart = (faults: FieldsProps['faults']): FieldsProps['faults'] =>
  Object.fromEntries(
    Object.entries(faults).map(([field, words]): [string, string] => [field.replace(/[.[].*/, ''), words]),
  );

function wordsOf(fault: Fault): FieldsProps['faults'] {
  if (fault === undefined) return {};
  const { at, line = '' } = fault;
  switch (at) {
    case 'origins':
      return { [at]: t('settings.faults.origins', { line }) };
    case 'autoClose':
    case 'retention':
      return { [at]: t('settings.faults.days', AGES[at]) };
    case 'colour':
    case 'reply':
    case 'hours':
    case 'holidays':
      return { [at]: t(`settings.faults.${at}`) };
  }
}

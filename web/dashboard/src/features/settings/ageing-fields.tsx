import { TextInput } from '@mantine/core';
import { AGES } from '../../../../../src/contract/desk-ages.js';
import { t } from '../../i18n/translate.js';
import type { FieldsProps } from './fields-props.js';
import { Section } from './section.js';

/** After how many days tickets are closed and deleted. */
export function AgeingFields({ draft, onChange, faults }: FieldsProps) {
  return (
    <Section title={t('settings.ageing.title')} hint={t('settings.ageing.hint')}>
      <TextInput
        label={t('settings.ageing.autoClose')}
        description={t('settings.ageing.autoCloseHint', AGES.autoClose)}
        inputMode="numeric"
        value={draft.autoClose}
        onChange={({ currentTarget }) => onChange({ autoClose: currentTarget.value })}
        maxLength={3}
        error={faults['autoClose'] ?? faults['autoCloseDays']}
        autoComplete="off"
        maw={320}
      />
      <TextInput
        label={t('settings.ageing.retention')}
        description={t('settings.ageing.retentionHint', AGES.retention)}
        inputMode="numeric"
        value={draft.retention}
        onChange={({ currentTarget }) => onChange({ retention: currentTarget.value })}
        maxLength={4}
        error={faults['retention'] ?? faults['retentionDays']}
        autoComplete="off"
        maw={320}
      />
    </Section>
  );
}

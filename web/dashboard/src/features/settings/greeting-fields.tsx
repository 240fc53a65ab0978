import { TextInput } from '@mantine/core';
import { LOCALES } from '../../../../shared/locale.js';
import { LANGUAGE_NAMES } from '../../ui/language-select.js';
import { t } from '../../i18n/translate.js';
import { Section } from './section.js';
import type { FieldsProps } from './fields-props.js';

/** The first words to a donor, in each language. */
export function GreetingFields({ draft, onChange, faults }: FieldsProps) {
  return (
    <Section
      title={t('settings.greeting.title')}
      hint={t('settings.greeting.hint')}
      fault={faults['greetings']}
    >
      {LOCALES.map((locale) => (
        <TextInput
          key={locale}
          label={LANGUAGE_NAMES[locale]}
          labelProps={{ lang: locale }}
          lang={locale}
          value={draft.greetings[locale]}
          onChange={({ currentTarget }) =>
            onChange({ greetings: { ...draft.greetings, [locale]: currentTarget.value } })
          }
          maxLength={300}
          autoComplete="off"
        />
      ))}
    </Section>
  );
}

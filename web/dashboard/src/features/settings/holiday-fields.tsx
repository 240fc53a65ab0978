import { Button, Group, TextInput } from '@mantine/core';
import { t } from '../../i18n/translate.js';
import type { Draft } from './draft.js';
import { Section } from './section.js';
import type { FieldsProps } from './fields-props.js';

type Holiday = Draft['holidays'][number];

/** Days on which nobody is there, whatever the weekday says. */
export function HolidayFields({ draft: { holidays }, onChange, faults }: FieldsProps) {
  const replace = (old: Holiday, change: Partial<Holiday>): void =>
    onChange({ holidays: holidays.map((one) => (one === old ? { ...one, ...change } : one)) });
  return (
    <Section
      title={t('settings.holidays.title')}
      hint={t('settings.holidays.hint')}
      fault={faults['holidays']}
    >
      {holidays.map((one, index) => (
        <Group key={index} align="flex-end" gap="xs">
          <TextInput
            type="date"
            label={t('settings.holidays.date')}
            value={one.date}
            onChange={({ currentTarget }) => replace(one, { date: currentTarget.value })}
            required
            withAsterisk={false}
          />
          <TextInput
            label={t('settings.holidays.name')}
            value={one.name}
            onChange={({ currentTarget }) => replace(one, { name: currentTarget.value })}
            maxLength={60}
            autoComplete="off"
            flex="1 1 160px"
          />
          <Button
            variant="subtle"
            color="red"
            aria-label={t('settings.holidays.removeOne', { date: one.date })}
            onClick={() => onChange({ holidays: holidays.filter((other) => other !== one) })}
          >
            {t('settings.remove')}
          </Button>
        </Group>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          disabled={holidays.length >= 200}
          onClick={() => onChange({ holidays: [...holidays, { date: '', name: '' }] })}
        >
          {t('settings.holidays.add')}
        </Button>
      </div>
    </Section>
  );
}

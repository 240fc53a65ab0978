import { Button, CloseButton, Text } from '@mantine/core';
import { language } from '../../i18n/language.js';
import { t } from '../../i18n/translate.js';
import { isWrong, type OpenHours } from './draft.js';
import { Section } from './section.js';
import type { FieldsProps } from './fields-props.js';
import styles from './settings.module.css';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const USUAL = { from: '09:00', to: '17:00' };
const LATER = { from: '18:00', to: '20:00' };
/** A field for a time of day cannot hold it; midnight at the end of a day is shown as 00:00. */
const MIDNIGHT = '24:00';

/** When somebody is there: several stretches a weekday, by the clock of one time zone. */
export function HoursFields({ draft, onChange, faults }: FieldsProps) {
  const { hours, timeZone } = draft;
  return (
    <Section title={t('settings.hours.title')} hint={t('settings.hours.hint')} fault={faults['hours']}>
      <label className={styles.field}>
        {t('settings.hours.zone')}
        <select
          value={timeZone}
          onChange={({ currentTarget }) => onChange({ timeZone: currentTarget.value })}
        >
          {zonesWith(timeZone).map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </label>
      {WEEK.map((weekday) => (
        <Day key={weekday} weekday={weekday} hours={hours} onChange={(now) => onChange({ hours: now })} />
      ))}
    </Section>
  );
}

interface DayProps {
  readonly weekday: number;
  readonly hours: readonly OpenHours[];
  readonly onChange: (hours: readonly OpenHours[]) => void;
}

function Day({ weekday, hours, onChange }: DayProps) {
  const own = hours.filter((one) => one.weekday === weekday);
  const day = nameOf(weekday);
  const replace = (old: OpenHours, now: OpenHours): void =>
    onChange(hours.map((one) => (one === old ? now : one)));
  return (
    <fieldset className={styles.day}>
      <legend>{day}</legend>
      <div className={styles.stretches}>
        {own.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('settings.hours.closed')}
          </Text>
        )}
        {own.map((one, index) => (
          <Stretch
            key={index}
            hours={one}
            wrong={isWrong(one, hours)}
            onChange={(now) => replace(one, now)}
            onRemove={() => onChange(hours.filter((other) => other !== one))}
          />
        ))}
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={t('settings.hours.addTo', { day })}
          onClick={() => onChange([...hours, { weekday, ...(own.length === 0 ? USUAL : LATER) }])}
        >
          {t('settings.hours.add')}
        </Button>
      </div>
    </fieldset>
  );
}

interface StretchProps {
  readonly hours: OpenHours;
  readonly wrong: boolean;
  readonly onChange: (hours: OpenHours) => void;
  readonly onRemove: () => void;
}

function Stretch({ hours, wrong, onChange, onRemove }: StretchProps) {
  const day = nameOf(hours.weekday);
  return (
    <span className={styles.stretch}>
      <input
        type="time"
        required
        aria-label={t('settings.hours.from', { day })}
        aria-invalid={wrong}
        value={hours.from}
        onChange={({ currentTarget }) => onChange({ ...hours, from: currentTarget.value })}
      />
      <span aria-hidden>–</span>
      <input
        type="time"
        required
        aria-label={t('settings.hours.to', { day })}
        aria-invalid={wrong}
        value={hours.to === MIDNIGHT ? '00:00' : hours.to}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...hours, to: value === '00:00' ? MIDNIGHT : value })
        }
      />
      <CloseButton
        aria-label={t('settings.hours.removeFrom', { day, from: hours.from })}
        onClick={onRemove}
      />
    </span>
  );
}

/** 4 January 2021 was a Monday. */
const nameOf = (weekday: number): string =>
  new Intl.DateTimeFormat(language.region(), { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2021, 0, 3 + weekday),
  );

/** Browsers leave some names out of their list, `UTC` among them. */
function zonesWith(chosen: string): string[] {
  return [...new Set([chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
}

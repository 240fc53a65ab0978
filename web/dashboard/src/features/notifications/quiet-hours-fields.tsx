import { Stack, Text, Title } from '@mantine/core';
import type { QuietHours } from '../../../../../src/contract/notifications.js';
import { ownTimeZone } from '../../../../shared/dates.js';
import { t } from '../../i18n/translate.js';
import styles from './quiet-hours-fields.module.css';

/** The night where this browser is. */
function usual(): QuietHours {
  return { from: '22:00', to: '07:00', timeZone: ownTimeZone() };
}

interface QuietHoursProps {
  readonly quietHours: QuietHours | null;
  readonly onChange: (quietHours: QuietHours | null) => void;
}

export function QuietHoursFields({ quietHours, onChange }: QuietHoursProps) {
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {t('notifications.quiet.title')}
      </Title>
      <Text size="sm">{t('notifications.quiet.explain')}</Text>
      <label className={styles.field}>
        <input
          type="checkbox"
          checked={quietHours !== null}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? usual() : null)}
        />
        {t('notifications.quiet.use')}
      </label>
      {quietHours && (
        <div className={styles.times}>
          {(['from', 'to'] as const).map((name) => (
            <label key={name} className={styles.field}>
              {t(`notifications.quiet.${name}`)}
              <input
                type="time"
                required
                value={quietHours[name]}
                onChange={({ currentTarget }) => onChange({ ...quietHours, [name]: currentTarget.value })}
              />
            </label>
          ))}
          <label className={styles.field}>
            {t('notifications.quiet.zone')}
            <select
              value={quietHours.timeZone}
              onChange={({ currentTarget }) => onChange({ ...quietHours, timeZone: currentTarget.value })}
            >
              {zonesWith(quietHours.timeZone).map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          </label>
        </div>
      )}
    </Stack>
  );
}

/** Browsers leave some names out of their list, `UTC` among them. */
function zonesWith(chosen: string): string[] {
  return [...new Set([chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
}

import { Stack, Text, Title } from '@mantine/core';
import type { QuietHours } from '../../../../src/contract/notifications.js';
import { ownTimeZone } from '../../../shared/dates.js';
import { notificationTexts } from './notification-texts.js';

const words = notificationTexts.quiet;

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
        {words.title}
      </Title>
      <Text size="sm">{words.explain}</Text>
      <label className="notification-field">
        <input
          type="checkbox"
          checked={quietHours !== null}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? usual() : null)}
        />
        {words.use}
      </label>
      {quietHours && (
        <div className="notification-times">
          {(['from', 'to'] as const).map((name) => (
            <label key={name} className="notification-field">
              {words[name]}
              <input
                type="time"
                required
                value={quietHours[name]}
                onChange={({ currentTarget }) => onChange({ ...quietHours, [name]: currentTarget.value })}
              />
            </label>
          ))}
          <label className="notification-field">
            {words.zone}
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

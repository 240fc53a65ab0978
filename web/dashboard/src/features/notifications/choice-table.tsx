import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_GROUPS,
  type NotificationChannel,
  type NotificationChoices,
  type NotificationGroup,
} from '../../../../../src/contract/notifications.js';
import { t } from '../../i18n/translate.js';
import styles from './choice-table.module.css';

interface ChoiceTableProps {
  readonly choices: NotificationChoices;
  readonly onChange: (choices: NotificationChoices) => void;
}

export function ChoiceTable({ choices, onChange }: ChoiceTableProps) {
  const set = (group: NotificationGroup, channel: NotificationChannel, on: boolean): void =>
    onChange({ ...choices, [group]: { ...choices[group], [channel]: on } });
  return (
    <table className={styles.choices}>
      <thead>
        <tr>
          <th scope="col">{t('notifications.about')}</th>
          {NOTIFICATION_CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              {t(`notifications.channels.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {NOTIFICATION_GROUPS.map((group) => (
          <tr key={group}>
            <th scope="row">{t(`notifications.groups.${group}`)}</th>
            {NOTIFICATION_CHANNELS.map((channel) => (
              <td key={channel}>
                <input
                  type="checkbox"
                  aria-label={t('notifications.cell', {
                    group: t(`notifications.groups.${group}`),
                    channel: t(`notifications.channels.${channel}`),
                  })}
                  checked={choices[group][channel]}
                  onChange={({ currentTarget }) => set(group, channel, currentTarget.checked)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

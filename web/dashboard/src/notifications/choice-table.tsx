import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_GROUPS,
  type NotificationChannel,
  type NotificationChoices,
  type NotificationGroup,
} from '../../../../src/contract/notifications.js';
import { notificationTexts as words } from './notification-texts.js';

interface ChoiceTableProps {
  readonly choices: NotificationChoices;
  readonly onChange: (choices: NotificationChoices) => void;
}

export function ChoiceTable({ choices, onChange }: ChoiceTableProps) {
  const set = (group: NotificationGroup, channel: NotificationChannel, on: boolean): void =>
    onChange({ ...choices, [group]: { ...choices[group], [channel]: on } });
  return (
    <table className="notification-choices">
      <thead>
        <tr>
          <th scope="col">{words.about}</th>
          {NOTIFICATION_CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              {words.channels[channel]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {NOTIFICATION_GROUPS.map((group) => (
          <tr key={group}>
            <th scope="row">{words.groups[group]}</th>
            {NOTIFICATION_CHANNELS.map((channel) => (
              <td key={channel}>
                <input
                  type="checkbox"
                  aria-label={words.cell(words.groups[group], words.channels[channel])}
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

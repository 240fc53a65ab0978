import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { NOTIFICATION_SOUNDS, type SoundChoices } from '../../../../../src/contract/notifications.js';
import { t } from '../../i18n/translate.js';
import { playSound } from '../../ui/alarm/sounds.js';
import styles from './quiet-hours-fields.module.css';

interface SoundFieldsProps {
  readonly sounds: SoundChoices;
  readonly onChange: (sounds: SoundChoices) => void;
}

/** Which sounds this person wants, wherever they sign in; each can be listened to. */
export function SoundFields({ sounds, onChange }: SoundFieldsProps) {
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {t('notifications.sounds.title')}
      </Title>
      <Text size="sm">{t('notifications.sounds.explain')}</Text>
      {NOTIFICATION_SOUNDS.map((sound) => {
        const label = t(`notifications.sounds.${sound}`);
        return (
          <Group key={sound} gap="sm" wrap="nowrap">
            <label className={styles.field}>
              <input
                type="checkbox"
                checked={sounds[sound]}
                onChange={({ currentTarget }) => onChange({ ...sounds, [sound]: currentTarget.checked })}
              />
              {label}
            </label>
            <Button
              variant="default"
              flex="none"
              size="compact-sm"
              aria-label={t('notifications.sounds.testOf', { sound: label })}
              onClick={() => playSound(sound)}
            >
              {t('notifications.sounds.test')}
            </Button>
          </Group>
        );
      })}
    </Stack>
  );
}

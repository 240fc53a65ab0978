import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useOwnStored } from '../../data/own-stored.js';
import { t } from '../../i18n/translate.js';
import { playSound, SOUNDS, soundSetting, type Sound } from '../../ui/alarm/sounds.js';
import styles from './quiet-hours-fields.module.css';

/** Which sounds this person wants in this browser; a click changes them at once. */
export function SoundChoices() {
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {t('notifications.sounds.title')}
      </Title>
      <Text size="sm">{t('notifications.sounds.explain')}</Text>
      {SOUNDS.map((sound) => (
        <Choice key={sound} sound={sound} />
      ))}
    </Stack>
  );
}

function Choice({ sound }: { readonly sound: Sound }) {
  const [stored, setStored] = useOwnStored(soundSetting(sound));
  const label = t(`notifications.sounds.${sound}`);
  return (
    <Group gap="sm">
      <label className={styles.field}>
        <input
          type="checkbox"
          checked={stored !== 'off'}
          onChange={({ currentTarget }) => setStored(currentTarget.checked ? null : 'off')}
        />
        {label}
      </label>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={t('notifications.sounds.testOf', { sound: label })}
        onClick={() => playSound(sound)}
      >
        {t('notifications.sounds.test')}
      </Button>
    </Group>
  );
}

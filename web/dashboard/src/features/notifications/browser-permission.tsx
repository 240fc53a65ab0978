import { Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useStored } from '../../storage/stored.js';
import { NOTIFY } from '../../ui/alarm/use-alarm.js';
import { t } from '../../i18n/translate.js';

/** Explains before it asks: a browser asks once, and remembers a no. */
export function BrowserPermission() {
  const [stored, setStored] = useStored(NOTIFY);
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : undefined,
  );
  const isOn = permission === 'granted' && stored === 'on';
  async function allow(): Promise<void> {
    const answer = await Notification.requestPermission();
    setPermission(answer);
    if (answer === 'granted') setStored('on');
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={2} size="h5">
        {t('notifications.browser.title')}
      </Title>
      <Text size="sm">{t('notifications.browser.explain')}</Text>
      {(permission === 'default' || (permission === 'granted' && !isOn)) && (
        <Button variant="default" size="xs" onClick={() => void allow()}>
          {t('notifications.browser.allow')}
        </Button>
      )}
      {isOn && <Text size="sm">{t('notifications.browser.allowed')}</Text>}
      {permission === 'denied' && <Text size="sm">{t('notifications.browser.denied')}</Text>}
      {permission === undefined && <Text size="sm">{t('notifications.browser.missing')}</Text>}
    </Stack>
  );
}

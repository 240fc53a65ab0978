import { Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useStored } from '../app/stored.js';
import { NOTIFY } from '../calls/use-alarm.js';
import { notificationTexts } from './notification-texts.js';

const words = notificationTexts.browser;

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
        {words.title}
      </Title>
      <Text size="sm">{words.explain}</Text>
      {(permission === 'default' || (permission === 'granted' && !isOn)) && (
        <Button variant="default" size="xs" onClick={() => void allow()}>
          {words.allow}
        </Button>
      )}
      {isOn && <Text size="sm">{words.allowed}</Text>}
      {permission === 'denied' && <Text size="sm">{words.denied}</Text>}
      {permission === undefined && <Text size="sm">{words.missing}</Text>}
    </Stack>
  );
}

import { Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { showFailure } from '../../ui/feedback.js';
import { useStored } from '../../storage/stored.js';
import { NOTIFY } from '../../ui/alarm/use-alarm.js';
import { t } from '../../i18n/translate.js';
import { canTakePushes, NoPushService, PUSHES, stopPushes, takePushes } from './push-device.js';

type State = 'install' | 'unsupported' | 'blocked' | 'on' | 'off';

/** Notifications of the system on this device. The browser is asked after a click only: it asks once, and remembers a no. */
export function ThisDevice({ isOffered }: { readonly isOffered: boolean }) {
  const [wanted, setWanted] = useStored(NOTIFY);
  const [pushes] = useStored(PUSHES);
  const [, redraw] = useState<NotificationPermission>();
  const [busy, setBusy] = useState(false);
  const [isUnreachable, setUnreachable] = useState(false);
  const state = stateOf(wanted === 'on');

  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setUnreachable(false);
    try {
      await work();
    } catch (error) {
      if (error instanceof NoPushService) setUnreachable(true);
      else showFailure(error);
    } finally {
      setBusy(false);
    }
  }
  const turnOn = async (): Promise<void> => {
    const answer = await Notification.requestPermission();
    redraw(answer);
    if (answer !== 'granted') return;
    setWanted('on');
    if (isOffered && canTakePushes()) await takePushes();
  };
  const turnOff = async (): Promise<void> => {
    setWanted(null);
    await stopPushes();
  };

  return (
    <Stack gap="xs" align="flex-start">
      <Title order={2} size="h5">
        {t('notifications.device.title')}
      </Title>
      <Text size="sm">{t('notifications.device.explain')}</Text>
      {state !== 'off' && (
        <Text size="sm" fw={600} role="status">
          {t(`notifications.device.${state === 'on' && pushes !== 'on' ? 'whileOpen' : state}`)}
        </Text>
      )}
      {state === 'on' && isUnreachable && <Text size="sm">{t('notifications.device.unreachable')}</Text>}
      {state === 'off' && (
        <Button variant="default" size="xs" loading={busy} onClick={() => void run(turnOn)}>
          {t('notifications.device.turnOn')}
        </Button>
      )}
      {state === 'on' && (
        <Button variant="default" size="xs" loading={busy} onClick={() => void run(turnOff)}>
          {t('notifications.device.turnOff')}
        </Button>
      )}
    </Stack>
  );
}

function stateOf(isWanted: boolean): State {
  if (!('Notification' in window)) return mayBeInstalled() ? 'install' : 'unsupported';
  const { permission } = Notification;
  if (permission === 'denied') return 'blocked';
  return permission === 'granted' && isWanted ? 'on' : 'off';
}

/** Apple's phones and tablets have notifications for what is on the home screen only; no other browser has this field. */
const mayBeInstalled = (): boolean => 'standalone' in navigator && navigator.standalone === false;

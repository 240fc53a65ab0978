import { Alert, Button, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, type Shape } from '../../data/api.js';
import { LoadFailed, Loading, showFailure } from '../../ui/feedback.js';
import { t } from '../../i18n/translate.js';
import { ChoiceTable } from './choice-table.js';
import { settingsQuery } from './notifications-query.js';
import { SoundFields } from './sound-fields.js';
import { ThisDevice } from './this-device.js';
import { QuietHoursFields } from './quiet-hours-fields.js';

type Settings = Shape<'NotificationSettingsResponse'>;

/** What the person at this dashboard is notified of. */
export function NotificationsPage() {
  const settings = useQuery(settingsQuery);
  return (
    <Stack maw={720} pb="xl">
      <Title order={1} size="h3">
        {t('notifications.title')}
      </Title>
      <Text c="dimmed">{t('notifications.intro')}</Text>
      {settings.isPending && <Loading rows={3} />}
      {settings.isError && settings.data === undefined && (
        <LoadFailed
          text={t('notifications.failed')}
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      )}
      {settings.data && <SettingsForm initial={settings.data} />}
    </Stack>
  );
}

function SettingsForm({ initial }: { initial: Settings }) {
  const client = useQueryClient();
  const [choices, setChoices] = useState(initial.choices);
  const [quietHours, setQuietHours] = useState(initial.quietHours);
  const [sounds, setSounds] = useState(initial.sounds);
  const [busy, setBusy] = useState(false);

  async function save(): Promise<void> {
    setBusy(true);
    try {
      const saved = await answer(
        api.PUT('/api/v1/users/me/notifications', { body: { choices, quietHours, sounds } }),
      );
      client.setQueryData(settingsQuery.queryKey, saved);
      notifications.show({ color: 'green', message: t('core.saved'), role: 'status' });
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack>
        {(['push', 'mail'] as const)
          .filter((channel) => !initial.available[channel])
          .map((channel) => (
            <Alert key={channel} color="yellow" variant="light" role="status">
              {t(`notifications.off.${channel}`)}
            </Alert>
          ))}
        <Paper withBorder p="md">
          <ChoiceTable choices={choices} onChange={setChoices} />
        </Paper>
        <Paper withBorder p="md">
          <ThisDevice isOffered={initial.available.webPush} />
        </Paper>
        <Paper withBorder p="md">
          <SoundFields sounds={sounds} onChange={setSounds} />
        </Paper>
        <Paper withBorder p="md">
          <QuietHoursFields quietHours={quietHours} onChange={setQuietHours} />
        </Paper>
        <div>
          <Button type="submit" loading={busy}>
            {t('core.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

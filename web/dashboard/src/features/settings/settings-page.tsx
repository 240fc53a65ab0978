import '../../ui/mantine-pages.css';
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connection } from '../../data/live/live.js';
import { LoadFailed, Loading, NotFound } from '../../ui/feedback.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { LogoSection } from './logo-section.js';
import { SettingsForm } from './settings-form.js';
import { deskSettingsQuery } from './settings-query.js';

/** What the charity says of its desk, for super admins. Everybody else finds nothing at this address. */
export function SettingsPage() {
  const me = useMe();
  return me.role === 'SUPER_ADMIN' ? <Settings /> : <NotFound />;
}

function Settings() {
  const settings = useQuery({ ...deskSettingsQuery, refetchOnWindowFocus: false });
  const { refetch } = settings;
  useEffect(() => connection.on('desk:updated', () => void refetch()), [refetch]);
  return (
    <Stack maw={720} w="100%" pb="xl">
      <Title order={1} size="h3">
        {t('settings.title')}
      </Title>
      <Text c="dimmed">{t('settings.intro')}</Text>
      {settings.isPending && <Loading rows={4} />}
      {settings.isError && settings.data === undefined && (
        <LoadFailed
          text={t('settings.failed')}
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      )}
      {settings.data && (
        <>
          <LogoSection settings={settings.data} />
          <SettingsForm stored={settings.data} />
        </>
      )}
    </Stack>
  );
}

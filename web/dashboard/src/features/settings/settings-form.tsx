import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState, type SubmitEvent } from 'react';
import { Confirm } from '../../ui/confirm.js';
import { t } from '../../i18n/translate.js';
import { AgeingFields } from './ageing-fields.js';
import { GeneralFields } from './general-fields.js';
import { GreetingFields } from './greeting-fields.js';
import { HolidayFields } from './holiday-fields.js';
import { HoursFields } from './hours-fields.js';
import { OriginFields } from './origin-fields.js';
import type { DeskSettings } from './settings-query.js';
import { useSettingsDraft } from './use-settings-draft.js';

/** Everything but the logo, saved together; leaving with changes asks first. */
export function SettingsForm({ stored }: { readonly stored: DeskSettings }) {
  const { fields, busy, isDirty, isStale, fault, save, load, undo } = useSettingsDraft(stored);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (isDirty && fault === undefined) void save();
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <GeneralFields {...fields} />
        <GreetingFields {...fields} />
        <HoursFields {...fields} />
        <HolidayFields {...fields} />
        <OriginFields {...fields} configured={stored.configuredOrigins} />
        <AgeingFields {...fields} />
        {isStale && <StaleNotice onLoad={() => void load()} />}
        <Group>
          <Button type="submit" loading={busy} disabled={!isDirty || fault !== undefined}>
            {t('core.save')}
          </Button>
          {isDirty && (
            <Button variant="subtle" onClick={undo}>
              {t('settings.undo')}
            </Button>
          )}
        </Group>
      </Stack>
      <LeaveGuard isDirty={isDirty} />
    </form>
  );
}

/** Somebody else has saved meanwhile. */
function StaleNotice({ onLoad }: { readonly onLoad: () => void }) {
  return (
    <Alert color="yellow" variant="light" role="alert" title={t('settings.stale.title')}>
      <Stack align="flex-start" gap="xs">
        <Text size="sm">{t('settings.stale.text')}</Text>
        <Button size="xs" variant="default" onClick={onLoad}>
          {t('settings.stale.load')}
        </Button>
      </Stack>
    </Alert>
  );
}

/** Asks before changes are lost: here on other pages of the dashboard, by the browser when the tab closes. */
function LeaveGuard({ isDirty }: { readonly isDirty: boolean }) {
  const { history } = useRouter();
  const [decide, setDecide] = useState<(stays: boolean) => void>();
  useEffect(() => {
    if (!isDirty) return undefined;
    const blockerFn = () => new Promise<boolean>((resolve) => setDecide(() => resolve));
    return history.block({ blockerFn, enableBeforeUnload: true });
  }, [history, isDirty]);

  function answer(stays: boolean): void {
    decide?.(stays);
    setDecide(undefined);
  }
  return (
    <Confirm
      opened={decide !== undefined}
      title={t('settings.leave.title')}
      text={t('settings.leave.text')}
      action={t('settings.leave.go')}
      onConfirm={() => answer(false)}
      onClose={() => answer(true)}
    />
  );
}

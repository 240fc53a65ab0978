import '../../ui/mantine-password.css';
import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { answer, api } from '../../data/api.js';
import { useSubmit } from '../../ui/use-submit.js';
import { session } from '../../data/session/session.js';
import { t } from '../../i18n/translate.js';

interface PasswordFormProps {
  readonly username: string;
  /** Asks for the current password too; a login with a one-time password does not need it. */
  readonly asksCurrent?: boolean;
  readonly onChanged: () => Promise<void> | void;
}

/** Replaces one's own password. */
export function PasswordForm({ username, asksCurrent = false, onChanged }: PasswordFormProps) {
  const { busy, faults, submit } = useSubmit();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNext] = useState('');

  async function change(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const changed = await submit(async () => {
      const body = { ...(asksCurrent && { currentPassword }), newPassword };
      session.accept(await answer(api.PUT('/api/v1/users/me/password', { body })));
      await onChanged();
    });
    if (!changed) return;
    setCurrent('');
    setNext('');
  }

  return (
    <form onSubmit={(event) => void change(event)}>
      <Stack gap="sm">
        {/* Password managers keep the new password under this name. */}
        <input type="text" autoComplete="username" value={username} readOnly hidden />
        {asksCurrent && (
          <PasswordInput
            label={t('account.current')}
            value={currentPassword}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={faults['currentPassword']}
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
        )}
        <PasswordInput
          label={t('account.next')}
          description={t('account.nextHint')}
          value={newPassword}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={faults['newPassword']}
          autoComplete="new-password"
          autoFocus={!asksCurrent}
          required
          withAsterisk={false}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t('account.changePassword')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

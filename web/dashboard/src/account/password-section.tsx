import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type SubmitEvent } from 'react';
import { answer, api } from '../app/api.js';
import { useSubmit } from '../app/use-submit.js';
import { connection } from '../live/live.js';
import { session } from '../session/session.js';
import { words } from './account-texts.js';

/** A new password; this page stays signed in, everything else is signed out. */
export function PasswordSection() {
  const { busy, faults, submit } = useSubmit();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNext] = useState('');

  async function change(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const changed = await submit(async () => {
      const body = { currentPassword, newPassword };
      session.accept(await answer(api.PUT('/api/v1/users/me/password', { body })));
      await connection.authorize();
    });
    if (!changed) return;
    setCurrent('');
    setNext('');
    notifications.show({ message: words.passwordChanged, role: 'status' });
  }

  return (
    <form onSubmit={(event) => void change(event)}>
      <Stack gap="sm">
        <PasswordInput
          label={words.current}
          value={currentPassword}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={faults['currentPassword']}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={words.next}
          description={words.nextHint}
          value={newPassword}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={faults['newPassword']}
          autoComplete="new-password"
          required
          withAsterisk={false}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {words.changePassword}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

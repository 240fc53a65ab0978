import '../../ui/mantine-password.css';
import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type SubmitEvent } from 'react';
import { answer, api } from '../../data/api.js';
import { useSubmit } from '../../ui/use-submit.js';
import { session } from '../../data/session/session.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';

/** Name, user name and email address. */
export function ProfileSection() {
  const me = useMe();
  const { busy, faults, submit } = useSubmit();
  const [name, setName] = useState(me.name);
  const [username, setUsername] = useState(me.username);
  const [email, setEmail] = useState(me.email ?? '');
  const [currentPassword, setCurrent] = useState('');
  const isMoving = email.trim() !== '' && email.trim().toLowerCase() !== (me.email ?? '');

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const proof = isMoving && currentPassword !== '' ? { currentPassword } : {};
    const body = { name: name.trim(), username: username.trim(), email: email.trim() || null, ...proof };
    const saved = await submit(async () => {
      session.updateUser(await answer(api.PUT('/api/v1/users/me/profile', { body })));
    });
    if (saved) setCurrent('');
    if (saved) notifications.show({ message: t('core.saved'), role: 'status' });
  }

  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack gap="sm">
        <TextInput
          label={t('account.name')}
          description={t('account.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={120}
          error={faults['name']}
          autoComplete="name"
          required
          withAsterisk={false}
        />
        <TextInput
          label={t('account.username')}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          maxLength={100}
          error={faults['username']}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <TextInput
          label={t('account.email')}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          maxLength={255}
          error={faults['email']}
          autoComplete="email"
        />
        {isMoving && (
          <PasswordInput
            label={t('account.current')}
            description={t('account.emailProof')}
            value={currentPassword}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={faults['currentPassword']}
            autoComplete="current-password"
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t('core.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

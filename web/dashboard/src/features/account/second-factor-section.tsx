import '../../ui/mantine-password.css';
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState, type SubmitEvent } from 'react';
import { accepted, answer, api } from '../../data/api.js';
import { useSubmit } from '../../ui/use-submit.js';
import { session } from '../../data/session/session.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { SecondFactorSetup } from './second-factor-setup.js';
import { ToneBadge } from '../../ui/tone-badge.js';

/** Whether signing in asks for a code, and how to change that. */
export function SecondFactorSection() {
  const { totpEnabled } = useMe();
  const [isSettingUp, setup] = useDisclosure(false);
  const [isLeaving, leaving] = useDisclosure(false);
  if (isSettingUp) return <SecondFactorSetup onDone={setup.close} onCancel={setup.close} />;
  return (
    <Stack gap="sm">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <ToneBadge tone={totpEnabled ? 'success' : 'quiet'} style={{ flexShrink: 0 }}>
          {totpEnabled ? t('account.isOn') : t('account.isOff')}
        </ToneBadge>
        <Text size="sm" c="dimmed">
          {totpEnabled ? t('account.onIntro') : t('account.offIntro')}
        </Text>
      </Group>
      <Group justify="flex-end">
        {totpEnabled ? (
          <Button variant="default" c="var(--danger)" onClick={leaving.open}>
            {t('account.turnOff')}
          </Button>
        ) : (
          <Button onClick={setup.open}>{t('account.setUp')}</Button>
        )}
      </Group>
      <Modal opened={isLeaving} onClose={leaving.close} title={t('account.turnOffTitle')}>
        <TurnOff onClose={leaving.close} />
      </Modal>
    </Stack>
  );
}

function TurnOff({ onClose }: { onClose: () => void }) {
  const { busy, faults, submit } = useSubmit();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');

  async function turnOff(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const isOff = await submit(async () => {
      await accepted(api.DELETE('/api/v1/users/me/totp', { body: { password, code } }));
      session.updateUser(await answer(api.GET('/api/v1/users/me')));
    });
    if (!isOff) return;
    notifications.show({ message: t('account.turnedOff'), role: 'status' });
    onClose();
  }

  return (
    <form onSubmit={(event) => void turnOff(event)}>
      <Stack gap="sm" pt="sm">
        <PasswordInput
          label={t('account.yourPassword')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={faults['password']}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
        />
        <TextInput
          label={t('account.anyCode')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={faults['code']}
          autoComplete="one-time-code"
          maxLength={40}
          required
          withAsterisk={false}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('core.cancel')}
          </Button>
          <Button type="submit" color="red" loading={busy}>
            {t('account.turnOff')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

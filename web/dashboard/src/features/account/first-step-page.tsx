import { Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { lazy } from 'react';
import { partFailed, showFailure } from '../../ui/feedback.js';
import { Part } from '../../ui/part.js';
import { Logo } from '../../ui/logo.js';
import { session } from '../../data/session/session.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { PasswordForm } from './password-form.js';
import { SecondFactorSetup } from './second-factor-setup.js';
import { product } from '../../ui/product.js';

const Toasts = lazy(async () => ({ default: (await import('../../ui/toasts.js')).Toasts }));

/** All that is open to a login that must do something first; the profile that comes back opens the desk. */
export function FirstStepPage() {
  const { mustChangePassword, username } = useMe();
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder p="xl" w={560} maw="100%" radius="lg">
        <Stack>
          <Group gap="xs">
            <Logo size={32} />
            <Text c="var(--accent)" fw={700} size="lg">
              {product.name}
            </Text>
          </Group>
          <div>
            <Title order={1} size="h2">
              {mustChangePassword ? t('account.ownPasswordTitle') : t('account.enrolTitle')}
            </Title>
            <Text c="dimmed">
              {mustChangePassword ? t('account.ownPasswordIntro') : t('account.enrolIntro')}
            </Text>
          </div>
          {mustChangePassword ? (
            <PasswordForm username={username} onChanged={noop} />
          ) : (
            <SecondFactorSetup onDone={noop} />
          )}
          <Button variant="subtle" onClick={() => void session.signOut().catch(showFailure)}>
            {t('core.nav.signOut')}
          </Button>
        </Stack>
      </Paper>
      <Part failed={partFailed}>
        <Toasts />
      </Part>
    </Center>
  );
}

const noop = (): void => undefined;

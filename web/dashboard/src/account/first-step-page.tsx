import './account.css';
import { Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { showFailure } from '../app/feedback.js';
import { Logo } from '../app/logo.js';
import { texts } from '../app/texts.js';
import { session } from '../session/session.js';
import { useMe } from '../session/use-session.js';
import { words } from './account-texts.js';
import { PasswordForm } from './password-form.js';
import { SecondFactorSetup } from './second-factor-setup.js';

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
              {texts.product}
            </Text>
          </Group>
          <div>
            <Title order={1} size="h2">
              {mustChangePassword ? words.ownPasswordTitle : words.enrolTitle}
            </Title>
            <Text c="dimmed">{mustChangePassword ? words.ownPasswordIntro : words.enrolIntro}</Text>
          </div>
          {mustChangePassword ? (
            <PasswordForm username={username} onChanged={noop} />
          ) : (
            <SecondFactorSetup onDone={noop} />
          )}
          <Button variant="subtle" onClick={() => void session.signOut().catch(showFailure)}>
            {texts.nav.signOut}
          </Button>
        </Stack>
      </Paper>
      <Notifications position="bottom-right" />
    </Center>
  );
}

const noop = (): void => undefined;

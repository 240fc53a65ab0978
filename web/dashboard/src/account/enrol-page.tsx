import './account.css';
import { Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { showFailure } from '../app/feedback.js';
import { Logo } from '../app/logo.js';
import { texts } from '../app/texts.js';
import { session } from '../session/session.js';
import { words } from './account-texts.js';
import { SecondFactorSetup } from './second-factor-setup.js';

/** All that is open to somebody whose role needs a second factor, until there is one. */
export function EnrolPage() {
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
              {words.enrolTitle}
            </Title>
            <Text c="dimmed">{words.enrolIntro}</Text>
          </div>
          <SecondFactorSetup onDone={noop} />
          <Button variant="subtle" onClick={() => void session.signOut().catch(showFailure)}>
            {texts.nav.signOut}
          </Button>
        </Stack>
      </Paper>
      <Notifications position="bottom-right" />
    </Center>
  );
}

/** The profile that comes back opens the desk. */
const noop = (): void => undefined;

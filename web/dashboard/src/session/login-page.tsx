import {
  Alert,
  Button,
  Center,
  Group,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { Logo } from '../app/logo.js';
import { texts } from '../app/texts.js';
import { session, SignInRefused, type SignedOutReason } from './session.js';

interface LoginPageProps {
  readonly reason: SignedOutReason | undefined;
  /** Somebody is about to come in. */
  readonly onTyping: () => void;
}

/** The door. What the server says of a refusal is shown as it is: it is written for people. */
export function LoginPage({ reason, onTyping }: LoginPageProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(reason ? texts.login[reason] : '');

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await session.signIn(textOf(form.get('username')), textOf(form.get('password')));
    } catch (error) {
      const refused = error instanceof SignInRefused;
      setProblem(
        refused && error.status !== 401 && error.message
          ? error.message
          : refused
            ? texts.login.refused
            : texts.failed,
      );
      setBusy(false);
    }
  }

  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder p="xl" w={380} maw="100%" radius="lg">
        <form onInput={onTyping} onSubmit={(event) => void submit(event)}>
          <Stack>
            <div>
              <Group gap="xs" mb="sm">
                <Logo size={32} />
                <Text c="var(--accent)" fw={700} size="lg">
                  {texts.product}
                </Text>
              </Group>
              <Title order={1} size="h2">
                {texts.login.title}
              </Title>
              <Text c="dimmed">{texts.login.intro}</Text>
            </div>
            {problem && (
              <Alert color="red" role="alert" variant="light">
                {problem}
              </Alert>
            )}
            <TextInput
              name="username"
              label={texts.login.username}
              autoComplete="username"
              autoFocus
              required
              withAsterisk={false}
            />
            <PasswordInput
              name="password"
              label={texts.login.password}
              autoComplete="current-password"
              required
              withAsterisk={false}
            />
            <Button type="submit" loading={busy} fullWidth>
              {texts.login.submit}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

import '../../ui/mantine-password.css';
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { lazy, useState, type SubmitEvent } from 'react';
import { wordsFor } from '../../i18n/refusals.js';
import { withWords } from '../../i18n/language.js';
import { t } from '../../i18n/translate.js';
import { session, SignInRefused, type SignedOutReason } from '../../data/session/session.js';
import { Door } from '../../ui/door.js';
import { partFailed } from '../../ui/feedback.js';
import { Part } from '../../ui/part.js';

const ForgotPassword = lazy(async () => ({
  default: (await withWords(import('../password-link/forgot-password.js'), 'password-link')).ForgotPassword,
}));

interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface LoginPageProps {
  readonly reason: SignedOutReason | undefined;
  /** Somebody is about to come in. */
  readonly onTyping: () => void;
}

/** The door. What the server says of a refusal is shown as it is: it is written for people. */
export function LoginPage({ reason, onTyping }: LoginPageProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(reason ? t(`login.${reason}`) : '');
  /** Whose password was right, while we wait for their second factor. */
  const [known, setKnown] = useState<Credentials>();
  const [hasForgotten, setHasForgotten] = useState(false);

  async function signIn(given: Credentials, code?: string): Promise<void> {
    setBusy(true);
    try {
      await session.signIn(given.username, given.password, code);
    } catch (error) {
      const asked = error instanceof SignInRefused && error.code === 'TOTP_REQUIRED';
      if (asked) setKnown(given);
      setProblem(asked ? '' : refusalOf(error));
      setBusy(false);
    }
  }

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string): string => textOf(form.get(name));
    if (known) void signIn(known, field('code'));
    else void signIn({ username: field('username'), password: field('password') });
  }

  if (hasForgotten)
    return (
      <Part failed={partFailed}>
        <ForgotPassword onBack={() => setHasForgotten(false)} />
      </Part>
    );
  return (
    <Door
      title={known ? t('login.codeTitle') : t('login.title')}
      intro={known ? t('login.codeIntro') : t('login.intro')}
      onTrouble={(error) => setProblem(wordsFor(error))}
    >
      <form onInput={onTyping} onSubmit={submit}>
        <Stack>
          {problem && (
            <Alert color="red" role="alert" variant="light">
              {problem}
            </Alert>
          )}
          {known ? <CodeField /> : <PasswordFields />}
          <Button type="submit" loading={busy} fullWidth>
            {known ? t('login.codeSubmit') : t('login.submit')}
          </Button>
          {known ? (
            <Button
              variant="subtle"
              onClick={() => {
                setKnown(undefined);
                setProblem('');
              }}
            >
              {t('login.back')}
            </Button>
          ) : (
            <Button variant="subtle" onClick={() => setHasForgotten(true)}>
              {t('login.forgot')}
            </Button>
          )}
        </Stack>
      </form>
    </Door>
  );
}

function PasswordFields() {
  return (
    <>
      <TextInput
        name="username"
        label={t('login.username')}
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
      />
      <PasswordInput
        name="password"
        label={t('login.password')}
        autoComplete="current-password"
        required
        withAsterisk={false}
      />
    </>
  );
}

function CodeField() {
  return (
    <TextInput
      name="code"
      label={t('login.code')}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      autoFocus
      required
      withAsterisk={false}
    />
  );
}

function refusalOf(error: unknown): string {
  const isPlain = error instanceof SignInRefused && error.code === 'UNAUTHORIZED';
  return isPlain ? t('login.refused') : wordsFor(error);
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

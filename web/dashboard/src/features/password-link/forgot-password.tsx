import { Alert, Button, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState, type SubmitEvent } from 'react';
import { answer, api } from '../../data/api.js';
import { language } from '../../i18n/language.js';
import { t } from '../../i18n/translate.js';
import { Door } from '../../ui/door.js';
import { useAttempt } from './use-attempt.js';

/** For people who cannot sign in: a link by email, or who else can help. */
export function ForgotPassword({ onBack }: { readonly onBack: () => void }) {
  const { busy, faults, problem, attempt, report } = useAttempt();
  const [byEmail, setByEmail] = useState<boolean>();
  const [isSent, setIsSent] = useState(false);

  useEffect(() => {
    const ways = answer(api.GET('/api/v1/auth/password-links'));
    ways.then((found) => setByEmail(found.byEmail), report);
  }, [report]);

  function ask(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const email = new FormData(event.currentTarget).get('email');
    void attempt(async () => {
      const body = { email: typeof email === 'string' ? email : '', locale: language.locale() };
      await answer(api.POST('/api/v1/auth/password-links', { body }));
      setIsSent(true);
    });
  }

  return (
    <Door
      title={t('password-link.forgot.title')}
      intro={byEmail && !isSent ? t('password-link.forgot.intro') : ''}
      onTrouble={report}
    >
      {problem && (
        <Alert color="red" role="alert" variant="light">
          {problem}
        </Alert>
      )}
      {byEmail === undefined && !problem && <Loader aria-label={t('core.loading')} />}
      {byEmail === false && <Text>{t('password-link.forgot.byHand')}</Text>}
      {isSent && <Text role="status">{t('password-link.forgot.sent')}</Text>}
      {byEmail && !isSent && (
        <form onSubmit={ask}>
          <Stack>
            <TextInput
              name="email"
              type="email"
              label={t('password-link.forgot.email')}
              error={faults['email']}
              autoComplete="email"
              maxLength={255}
              autoFocus
              required
              withAsterisk={false}
            />
            <Button type="submit" loading={busy} fullWidth>
              {t('password-link.forgot.submit')}
            </Button>
          </Stack>
        </form>
      )}
      <Button variant="subtle" onClick={onBack}>
        {t('password-link.back')}
      </Button>
    </Door>
  );
}

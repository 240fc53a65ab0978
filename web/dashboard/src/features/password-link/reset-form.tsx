import { Alert, Button, Stack } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { accepted, api } from '../../data/api.js';
import { t } from '../../i18n/translate.js';
import { Door } from '../../ui/door.js';
import { typedIn, type LinkFormProps } from './form-props.js';
import { leaveLink } from './link-address.js';
import { NewPasswordField } from './new-password-field.js';
import { useAttempt } from './use-attempt.js';

/** Somebody sets another password for their account; then they sign in, with the second factor if they have one. */
export function ResetForm({ token, link, onGone }: LinkFormProps) {
  const { busy, faults, problem, attempt, report } = useAttempt(onGone);
  const [isDone, setIsDone] = useState(false);
  const username = link.username ?? '';

  function set(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const newPassword = typedIn(new FormData(event.currentTarget), 'newPassword');
    void attempt(async () => {
      await accepted(api.POST('/api/v1/auth/password-links/reset', { body: { token, newPassword } }));
      setIsDone(true);
    });
  }

  if (isDone)
    return (
      <Door
        title={t('password-link.reset.doneTitle')}
        intro={t('password-link.reset.doneText', { username })}
        onTrouble={report}
      >
        <Button onClick={leaveLink} autoFocus>
          {t('password-link.reset.signIn')}
        </Button>
      </Door>
    );
  return (
    <Door
      title={t('password-link.reset.title')}
      intro={t('password-link.reset.intro', { username })}
      onTrouble={report}
    >
      {problem && (
        <Alert color="red" role="alert" variant="light">
          {problem}
        </Alert>
      )}
      <form onSubmit={set}>
        <Stack>
          {/* Password managers keep the new password under this name. */}
          <input type="text" autoComplete="username" value={username} readOnly hidden />
          <NewPasswordField label={t('password-link.newPassword')} error={faults['newPassword']} autoFocus />
          <Button type="submit" loading={busy} fullWidth>
            {t('password-link.reset.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

import { Alert, Button, Stack, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { answer, api } from '../../data/api.js';
import { session } from '../../data/session/session.js';
import { t } from '../../i18n/translate.js';
import { Door } from '../../ui/door.js';
import { product } from '../../ui/product.js';
import { typedIn, type LinkFormProps } from './form-props.js';
import { leaveLink } from './link-address.js';
import { NewPasswordField } from './new-password-field.js';
import { useAttempt } from './use-attempt.js';

/** Somebody who is invited makes their account, and is signed in. */
export function InvitationForm({ token, link, onGone }: LinkFormProps) {
  const { busy, faults, problem, attempt, report } = useAttempt(onGone);
  const by = link.invitedBy ?? product.name;

  function accept(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const own = { name: typedIn(form, 'name').trim(), username: typedIn(form, 'username').trim() };
    const body = { token, ...own, newPassword: typedIn(form, 'newPassword') };
    void attempt(async () => {
      session.accept(await answer(api.POST('/api/v1/auth/password-links/accept', { body })));
      leaveLink();
    });
  }

  const trouble = faults['email'] === undefined ? problem : t('password-link.invitation.taken', { by });
  return (
    <Door
      title={t('password-link.invitation.title', { desk: product.name })}
      intro={t('password-link.invitation.intro', { by })}
      onTrouble={report}
    >
      {trouble && (
        <Alert color="red" role="alert" variant="light">
          {trouble}
        </Alert>
      )}
      <form onSubmit={accept}>
        <Stack>
          <TextInput
            name="name"
            label={t('password-link.invitation.name')}
            description={t('password-link.invitation.nameHint')}
            defaultValue={link.name ?? ''}
            error={faults['name']}
            maxLength={120}
            autoComplete="name"
            required
            withAsterisk={false}
          />
          <TextInput
            name="username"
            label={t('password-link.invitation.username')}
            description={t('password-link.invitation.usernameHint')}
            defaultValue={link.email?.split('@', 1)[0] ?? ''}
            error={faults['username']}
            maxLength={100}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            withAsterisk={false}
          />
          <NewPasswordField label={t('password-link.password')} error={faults['newPassword']} />
          <Button type="submit" loading={busy} fullWidth>
            {t('password-link.invitation.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

import { notifications } from '@mantine/notifications';
import { connection } from '../../data/live/live.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { PasswordForm } from './password-form.js';

/** A new password; this page stays signed in, everything else is signed out. */
export function PasswordSection() {
  const { username } = useMe();
  async function goOn(): Promise<void> {
    await connection.authorize();
    notifications.show({ message: t('account.passwordChanged'), role: 'status' });
  }
  return <PasswordForm username={username} asksCurrent onChanged={goOn} />;
}

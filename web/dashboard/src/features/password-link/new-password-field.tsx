import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { t } from '../../i18n/translate.js';

/** A password that somebody chooses now. */
export function NewPasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      name="newPassword"
      description={t('password-link.passwordHint')}
      autoComplete="new-password"
      required
      withAsterisk={false}
      {...props}
    />
  );
}

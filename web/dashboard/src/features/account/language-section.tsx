import { notifications } from '@mantine/notifications';
import type { Locale } from '../../../../shared/locale.js';
import { answer, api } from '../../data/api.js';
import { useSubmit } from '../../ui/use-submit.js';
import { language } from '../../i18n/language.js';
import { LanguageSelect } from '../../ui/language-select.js';
import { t } from '../../i18n/translate.js';
import { session } from '../../data/session/session.js';

/** The language of the dashboard, kept with the account. */
export function LanguageSection() {
  const { busy, submit } = useSubmit();
  async function choose(locale: Locale): Promise<void> {
    const saved = await submit(async () => {
      const user = await answer(api.PUT('/api/v1/users/me/profile', { body: { locale } }));
      await language.change(locale);
      session.updateUser(user);
    });
    if (saved) notifications.show({ message: t('core.saved'), role: 'status' });
  }
  return (
    <LanguageSelect
      description={t('account.languageHint')}
      disabled={busy}
      onChoose={(locale) => void choose(locale)}
    />
  );
}

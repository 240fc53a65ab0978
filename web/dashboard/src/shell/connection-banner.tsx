import { Alert } from '@mantine/core';
import { useTrouble } from '../data/live/trouble.js';
import { language } from '../i18n/language.js';
import { t } from '../i18n/translate.js';
import { timeOf } from '../ui/when.js';

/** The one place that says what is wrong with the connection, since when, and that nothing is lost by it. */
export function ConnectionBanner() {
  const trouble = useTrouble();
  return (
    <div role="status">
      {trouble && (
        <Alert color="yellow" variant="light" mb="sm" py="xs" role="none">
          {language.has('errors')
            ? t(`errors.line.${trouble.kind}`, { since: timeOf(trouble.since) })
            : t('core.failedHint')}
        </Alert>
      )}
    </div>
  );
}

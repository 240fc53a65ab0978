import { wordsFor } from '../i18n/refusals.js';
import { t } from '../i18n/translate.js';
import { useIsDeciding } from '../storage/lost-parts.js';
import styles from './start-failed.module.css';

/** Neither the door nor the desk could be loaded. Made of nothing that would have to be loaded, too. */
export function StartFailed({ error }: { readonly error: unknown }) {
  if (useIsDeciding()) return null;
  return (
    <main className={styles.page}>
      <h1>{t('core.pageFailed')}</h1>
      <p role="alert">{wordsFor(error)}</p>
      <a className={styles.reload} href="">
        {t('core.reload')}
      </a>
    </main>
  );
}

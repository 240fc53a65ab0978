import type { Locale } from '../../../shared/locale.js';
import type english from '../../../i18n/en/widget/refused.json';

const LOADERS: Record<Locale, () => Promise<{ default: typeof english }>> = {
  en: () => import('../../../i18n/en/widget/refused.json'),
  de: () => import('../../../i18n/de/widget/refused.json'),
  fr: () => import('../../../i18n/fr/widget/refused.json'),
  es: () => import('../../../i18n/es/widget/refused.json'),
  ar: () => import('../../../i18n/ar/widget/refused.json'),
};

/**
 * After a request without an answer: whether the desk keeps its answers from this page, which the browser does not tell scripts.
 * If so, says in the console what to set, and gives words for the panel. Imports nothing, so that the chat's chunks stay whole.
 */
export async function explainRefusal(locale: Locale): Promise<typeof english | undefined> {
  const [desk = ''] = import.meta.url.split('/widget/assets/');
  const answer = await fetch(`${desk}/widget/origin`, { credentials: 'omit' });
  const { allowed } = (await answer.json()) as { allowed?: boolean };
  if (allowed !== false) return undefined;
  reportError(
    new Error(`Concierge: add ${location.origin} to CORS_ORIGINS of the desk at ${desk} and restart it.`),
  );
  return (await LOADERS[locale]()).default;
}

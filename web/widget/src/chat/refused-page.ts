import type { Locale } from '../../../shared/locale.js';
import type english from '../../locales/refused/en.json';

const LOADERS: Record<Locale, () => Promise<{ default: typeof english }>> = {
  en: () => import('../../locales/refused/en.json'),
  de: () => import('../../locales/refused/de.json'),
  fr: () => import('../../locales/refused/fr.json'),
  es: () => import('../../locales/refused/es.json'),
  ar: () => import('../../locales/refused/ar.json'),
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

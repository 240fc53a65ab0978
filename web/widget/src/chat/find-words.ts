import type { Locale } from '../../../shared/locale.js';
import type english from '../../locales/find/en.json';
import { locale } from '../words.js';

export type FindTexts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: FindTexts }>> = {
  en: () => import('../../locales/find/en.json'),
  de: () => import('../../locales/find/de.json'),
  fr: () => import('../../locales/find/fr.json'),
  es: () => import('../../locales/find/es.json'),
  ar: () => import('../../locales/find/ar.json'),
};

export async function loadFindWords(): Promise<FindTexts> {
  return (await LOADERS[locale()]()).default;
}

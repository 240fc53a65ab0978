import type { Locale } from '../../../shared/locale.js';
import type english from '../../locales/ending/en.json';
import { locale } from '../words.js';

export type EndingTexts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: EndingTexts }>> = {
  en: () => import('../../locales/ending/en.json'),
  de: () => import('../../locales/ending/de.json'),
  fr: () => import('../../locales/ending/fr.json'),
  es: () => import('../../locales/ending/es.json'),
  ar: () => import('../../locales/ending/ar.json'),
};

export async function loadEndingWords(): Promise<EndingTexts> {
  return (await LOADERS[locale()]()).default;
}

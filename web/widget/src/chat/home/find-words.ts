import type { Locale } from '../../../../shared/locale.js';
import type english from '../../../../i18n/en/widget/find.json';
import { locale } from '../../words.js';

export type FindTexts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: FindTexts }>> = {
  en: () => import('../../../../i18n/en/widget/find.json'),
  de: () => import('../../../../i18n/de/widget/find.json'),
  fr: () => import('../../../../i18n/fr/widget/find.json'),
  es: () => import('../../../../i18n/es/widget/find.json'),
  ar: () => import('../../../../i18n/ar/widget/find.json'),
};

export async function loadFindWords(): Promise<FindTexts> {
  return (await LOADERS[locale()]()).default;
}

import type { Locale } from '../../../../shared/locale.js';
import type english from '../../../../i18n/en/widget/ending.json';
import { locale } from '../../words.js';

export type EndingTexts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: EndingTexts }>> = {
  en: () => import('../../../../i18n/en/widget/ending.json'),
  de: () => import('../../../../i18n/de/widget/ending.json'),
  fr: () => import('../../../../i18n/fr/widget/ending.json'),
  es: () => import('../../../../i18n/es/widget/ending.json'),
  ar: () => import('../../../../i18n/ar/widget/ending.json'),
};

export async function loadEndingWords(): Promise<EndingTexts> {
  return (await LOADERS[locale()]()).default;
}

import type { Locale } from '../../../../shared/locale.js';
import type english from '../../../../i18n/en/widget/opening.json';
import { locale } from '../../words.js';

export type OpeningTexts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: OpeningTexts }>> = {
  en: () => import('../../../../i18n/en/widget/opening.json'),
  de: () => import('../../../../i18n/de/widget/opening.json'),
  fr: () => import('../../../../i18n/fr/widget/opening.json'),
  es: () => import('../../../../i18n/es/widget/opening.json'),
  ar: () => import('../../../../i18n/ar/widget/opening.json'),
};

export async function loadOpeningWords(): Promise<OpeningTexts> {
  return (await LOADERS[locale()]()).default;
}

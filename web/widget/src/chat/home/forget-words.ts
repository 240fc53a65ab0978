import type { Locale } from '../../../../shared/locale.js';
import type english from '../../../../i18n/en/widget/forget.json';
import { locale } from '../../words.js';

export type ForgetTexts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: ForgetTexts }>> = {
  en: () => import('../../../../i18n/en/widget/forget.json'),
  de: () => import('../../../../i18n/de/widget/forget.json'),
  fr: () => import('../../../../i18n/fr/widget/forget.json'),
  es: () => import('../../../../i18n/es/widget/forget.json'),
  ar: () => import('../../../../i18n/ar/widget/forget.json'),
};

export async function loadForgetWords(): Promise<ForgetTexts> {
  return (await LOADERS[locale()]()).default;
}

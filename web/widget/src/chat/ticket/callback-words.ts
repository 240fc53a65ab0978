import type { Locale } from '../../../../shared/locale.js';
import type english from '../../../../i18n/en/widget/callback.json';
import { locale } from '../../words.js';

export type CallbackTexts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: CallbackTexts }>> = {
  en: () => import('../../../../i18n/en/widget/callback.json'),
  de: () => import('../../../../i18n/de/widget/callback.json'),
  fr: () => import('../../../../i18n/fr/widget/callback.json'),
  es: () => import('../../../../i18n/es/widget/callback.json'),
  ar: () => import('../../../../i18n/ar/widget/callback.json'),
};

export async function loadCallbackWords(): Promise<CallbackTexts> {
  return (await LOADERS[locale()]()).default;
}

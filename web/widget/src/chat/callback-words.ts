import type { Locale } from '../../../shared/locale.js';
import type english from '../../locales/callback/en.json';
import { locale } from '../words.js';

export type CallbackTexts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: CallbackTexts }>> = {
  en: () => import('../../locales/callback/en.json'),
  de: () => import('../../locales/callback/de.json'),
  fr: () => import('../../locales/callback/fr.json'),
  es: () => import('../../locales/callback/es.json'),
  ar: () => import('../../locales/callback/ar.json'),
};

export async function loadCallbackWords(): Promise<CallbackTexts> {
  return (await LOADERS[locale()]()).default;
}

import { formatMessage, type Values } from '../../../i18n/format.js';
import type { Locale } from '../../../shared/locale.js';
import type english from '../../../i18n/en/widget/call.json';
import { locale } from '../words.js';

type Texts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: Texts }>> = {
  en: () => import('../../../i18n/en/widget/call.json'),
  de: () => import('../../../i18n/de/widget/call.json'),
  fr: () => import('../../../i18n/fr/widget/call.json'),
  es: () => import('../../../i18n/es/widget/call.json'),
  ar: () => import('../../../i18n/ar/widget/call.json'),
};

let texts: Texts;

/** Loads the texts of calls; to be awaited before a call is drawn. */
export async function loadCallWords(): Promise<void> {
  texts = (await LOADERS[locale()]()).default;
}

export function tc(key: keyof Texts, values: Values = {}): string {
  return formatMessage(texts[key], values, locale());
}

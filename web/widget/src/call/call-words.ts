import { fill, type Locale } from '../../../shared/locale.js';
import type english from '../../locales/call/en.json';
import { locale } from '../words.js';

type Texts = typeof english;

const LOADERS: Record<Locale, () => Promise<{ default: Texts }>> = {
  en: () => import('../../locales/call/en.json'),
  de: () => import('../../locales/call/de.json'),
  fr: () => import('../../locales/call/fr.json'),
  es: () => import('../../locales/call/es.json'),
  ar: () => import('../../locales/call/ar.json'),
};

let texts: Texts;

/** Loads the texts of calls; to be awaited before a call is drawn. */
export async function loadCallWords(): Promise<void> {
  texts = (await LOADERS[locale()]()).default;
}

export function tc(key: keyof Texts, values?: Readonly<Record<string, string | number>>): string {
  return fill(texts[key], values);
}

import { browserLanguages, chooseLocale, type Locale } from '../../../shared/locale.js';

interface LauncherWords {
  readonly open: string;
  readonly failed: string;
}

/** What the launcher says before the chat is loaded, which brings the rest. */
const WORDS: Record<Locale, LauncherWords> = {
  en: {
    open: 'Help and contact',
    failed: 'The chat could not be opened. Please try again.',
  },
  de: {
    open: 'Hilfe und Kontakt',
    failed: 'Der Chat ließ sich nicht öffnen. Bitte noch einmal versuchen.',
  },
  fr: {
    open: 'Aide et contact',
    failed: 'Le chat n’a pas pu s’ouvrir. Veuillez réessayer.',
  },
  es: {
    open: 'Ayuda y contacto',
    failed: 'No se pudo abrir el chat. Inténtelo de nuevo.',
  },
  ar: {
    open: 'المساعدة والتواصل',
    failed: 'تعذّر فتح المحادثة. يُرجى المحاولة مرة أخرى.',
  },
};

export function launcherWords(locale: string | undefined): LauncherWords {
  return WORDS[chooseLocale([locale, document.documentElement.lang, ...browserLanguages()])];
}

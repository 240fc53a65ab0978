import { browserLanguages, chooseLocale, type Locale } from '../../../shared/locale.js';

interface LauncherWords {
  readonly open: string;
  readonly close: string;
  readonly loading: string;
  readonly failed: string;
  readonly unread: string;
  readonly call: string;
  readonly talking: string;
}

/** The few words the launcher needs before the chat and its texts are loaded. */
const WORDS: Record<Locale, LauncherWords> = {
  en: {
    open: 'Help and contact',
    close: 'Close',
    loading: 'Opening…',
    failed: 'The chat could not be opened. Please try again.',
    unread: 'new messages',
    call: 'A call is waiting for you',
    talking: 'You are on a call',
  },
  de: {
    open: 'Hilfe und Kontakt',
    close: 'Schließen',
    loading: 'Wird geöffnet …',
    failed: 'Der Chat ließ sich nicht öffnen. Bitte noch einmal versuchen.',
    unread: 'neue Nachrichten',
    call: 'Ein Anruf wartet auf Sie',
    talking: 'Sie sind im Gespräch',
  },
  fr: {
    open: 'Aide et contact',
    close: 'Fermer',
    loading: 'Ouverture…',
    failed: 'Le chat n’a pas pu s’ouvrir. Veuillez réessayer.',
    unread: 'nouveaux messages',
    call: 'Un appel vous attend',
    talking: 'Vous êtes en appel',
  },
  es: {
    open: 'Ayuda y contacto',
    close: 'Cerrar',
    loading: 'Abriendo…',
    failed: 'No se pudo abrir el chat. Inténtelo de nuevo.',
    unread: 'mensajes nuevos',
    call: 'Le espera una llamada',
    talking: 'Está en una llamada',
  },
  ar: {
    open: 'المساعدة والتواصل',
    close: 'إغلاق',
    loading: 'جارٍ الفتح…',
    failed: 'تعذّر فتح المحادثة. يُرجى المحاولة مرة أخرى.',
    unread: 'رسائل جديدة',
    call: 'مكالمة بانتظارك',
    talking: 'أنت في مكالمة',
  },
};

export function launcherWords(locale: string | undefined): LauncherWords {
  return WORDS[chooseLocale([locale, document.documentElement.lang, ...browserLanguages()])];
}

import type english from '../../../i18n/en/widget/launcher.json';
import { browserLanguages, chooseLocale, type Locale } from '../../../shared/locale.js';

/** What the launcher says before the chat is loaded, which brings the rest: put here when it is built. */
declare const __LAUNCHER_WORDS__: Record<Locale, typeof english>;

export function launcherWords(locale: string | undefined): typeof english {
  return __LAUNCHER_WORDS__[chooseLocale([locale, document.documentElement.lang, ...browserLanguages()])];
}

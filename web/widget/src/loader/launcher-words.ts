import type english from '../../../i18n/en/widget/launcher.json';
import { browserLanguages, languageOf } from '../../../shared/locale.js';

/** What the launcher says before the chat is loaded, which brings the rest: put here when it is built. */
declare const __LAUNCHER_WORDS__: Words & { readonly en: typeof english };

type Words = Readonly<Record<string, typeof english | undefined>>;

/** The first wanted language we speak, as the chat will choose it. */
export function launcherWords(locale = ''): typeof english {
  const all = __LAUNCHER_WORDS__;
  const wanted = [locale, document.documentElement.lang, ...browserLanguages()];
  return wanted.map((tag) => all[languageOf(tag)]).find((words) => words?.open) ?? all.en;
}

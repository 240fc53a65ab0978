import { useSyncExternalStore } from 'react';
import type { Message } from '../../../i18n/format.js';
import {
  browserLanguages,
  chooseLocale,
  directionOf,
  regionOf,
  type Locale,
} from '../../../shared/locale.js';
import { readStored, writeStored } from '../storage/stored.js';
import { fetchCatalogue, type Catalogue, type Namespace } from './catalogues.js';

const STORED = 'language';

/** The language of the page, and the catalogues that are loaded in it. */
class Language {
  #locale: Locale = chooseLocale([readStored(STORED) ?? undefined, ...browserLanguages()]);
  readonly #needed = new Set<Namespace>();
  readonly #catalogues = new Map<string, Catalogue>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly locale = (): Locale => this.#locale;

  /** The language as the person's region writes it: dates and numbers, always with the digits 0 to 9. */
  region(): string {
    return regionOf(this.#locale, browserLanguages());
  }

  direction(): 'ltr' | 'rtl' {
    return directionOf(this.#locale);
  }

  /** What these parts of the page say, in the language that is spoken by then. */
  async need(...namespaces: readonly Namespace[]): Promise<void> {
    for (const namespace of namespaces) this.#needed.add(namespace);
    const locale = this.#locale;
    await Promise.all(namespaces.map((namespace) => this.#load(locale, namespace)));
    if (locale !== this.#locale) await this.need(...namespaces);
  }

  /** Speaks another language from now on, here and after a reload. Rejects, and changes nothing, when it cannot be loaded. */
  async change(locale: Locale): Promise<void> {
    await Promise.all([...this.#needed].map((namespace) => this.#load(locale, namespace)));
    writeStored(STORED, locale);
    this.#locale = locale;
    this.mark();
    for (const listener of this.#listeners) listener();
  }

  /** Tells browsers and screen readers. */
  mark(): void {
    document.documentElement.lang = this.#locale;
    document.documentElement.dir = this.direction();
  }

  keep(locale: Locale, namespace: Namespace, catalogue: Catalogue): void {
    this.#catalogues.set(`${locale}/${namespace}`, catalogue);
  }

  /** Whether a part of the words is here; without a connection it may never come. */
  has(namespace: Namespace): boolean {
    return this.#catalogues.has(`${this.#locale}/${namespace}`);
  }

  message(namespace: string, key: string): Message {
    const message = this.#catalogues.get(`${this.#locale}/${namespace}`)?.[key];
    if (message === undefined) throw new Error(`The message ${namespace}.${key} is not loaded.`);
    return message;
  }

  async #load(locale: Locale, namespace: Namespace): Promise<void> {
    const name = `${locale}/${namespace}`;
    if (this.#catalogues.has(name)) return;
    this.keep(locale, namespace, await fetchCatalogue(locale, namespace));
  }
}

export const language = new Language();

/** Draws the component again when the language changes, and with it everything inside. */
export function useLocale(): Locale {
  return useSyncExternalStore(language.subscribe, language.locale);
}

/** Code and the words that it needs, as `lazy` and routes load them. */
export async function withWords<Module>(
  module: Promise<Module>,
  ...namespaces: readonly Namespace[]
): Promise<Module> {
  const [loaded] = await Promise.all([module, language.need(...namespaces)]);
  return loaded;
}

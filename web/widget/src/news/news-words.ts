import { formatMessage, type Message, type Values } from '../../../i18n/format.js';
import type english from '../../../i18n/en/widget/news.json';
import {
  browserLanguages,
  chooseLocale,
  directionOf,
  isolated,
  regionOf,
  type Locale,
} from '../../../shared/locale.js';

/** All languages at once, as the launcher's: one request. Put here when it is built. */
declare const __NEWS_WORDS__: Record<Locale, Record<keyof typeof english, Message>>;

/** What the news say, in one language. */
export class NewsWords {
  readonly locale: Locale;
  readonly direction: 'ltr' | 'rtl';
  readonly #region: string;

  constructor(locale: string | undefined) {
    this.locale = chooseLocale([locale, document.documentElement.lang, ...browserLanguages()]);
    this.direction = directionOf(this.locale);
    this.#region = regionOf(this.locale, browserLanguages());
  }

  say(key: keyof typeof english, values: Values = {}): string {
    const inOrder = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? isolated(value, this.direction) : value,
    ]);
    return formatMessage(
      __NEWS_WORDS__[this.locale][key],
      Object.fromEntries(inOrder) as Values,
      this.#region,
    );
  }
}

/**
 * Fills compiled messages with values. web/catalogues.ts compiles them from ICU MessageFormat when a face is built, so that no parser is
 * loaded by a browser.
 *
 *   formatMessage('Ticket {number}', { number }, 'en');
 *   formatMessage({ plural: 'count', forms: { one: '{count} ticket', other: '{count} tickets' } }, { count: 2 }, 'en');
 */

/** A text with `{names}`, or a choice between such texts by a count or by a word. */
export type Message = string | Plural | Select;

interface Plural {
  readonly plural: string;
  /** By plural category (CLDR), or by `=0` and the like; `other` always exists. */
  readonly forms: Readonly<Record<string, Message>>;
}

interface Select {
  readonly select: string;
  readonly forms: Readonly<Record<string, Message>>;
}

/** Numbers are written as the language writes them; texts as they are. */
export type Values = Readonly<Record<string, string | number>>;

/**
 * The message as text. `locale` may say more than the language, such as `de-AT-u-nu-latn`. `set` sets a text into the sentence, for
 * instance with marks of direction around it; a form is chosen by the text itself.
 */
export function formatMessage(
  message: Message,
  values: Values,
  locale: string,
  set = (text: string): string => text,
): string {
  return chooseForm(message, values, locale).replace(/\{(\w+)\}/g, (slot, name: string) => {
    const value = values[name] ?? slot;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : set(value);
  });
}

/** The form of the message that fits the values, with its slots still empty. */
export function chooseForm(message: Message, values: Values, locale: string): string {
  if (typeof message === 'string') return message;
  const { forms } = message;
  const value = values['plural' in message ? message.plural : message.select] ?? '';
  const form =
    typeof value === 'number'
      ? (forms[`=${value}`] ?? forms[new Intl.PluralRules(locale).select(value)])
      : forms[value];
  return chooseForm(form ?? forms['other'] ?? '', values, locale);
}

/** Splits a form at its slots: texts at even places, names of slots at odd ones. */
export function slotsOf(form: string): readonly string[] {
  return form.split(/\{(\w+)\}/);
}

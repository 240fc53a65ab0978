import { isTimeZone } from '../../../../../shared/dates.js';
import { language } from '../../../i18n/language.js';

const OF_THE_PERSON: ReadonlySet<string> = new Set(['locale', 'timeZone']);

/** Whether a field in the context of a ticket is shown as a fact of its donor, who may have another by now. */
export const isOfThePerson = (field: string): boolean => OF_THE_PERSON.has(field);

/** The name of a language, in the language of the page; the tag itself where this browser has no name for it. */
export function languageOf(tag: string): string {
  try {
    return new Intl.DisplayNames(language.region(), { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** What clocks in a zone show, with the day where it is another one than here. Nothing for a zone that this browser does not know. */
export function localTimeOf(at: number, timeZone: string): string | undefined {
  if (!isTimeZone(timeZone)) return undefined;
  const dateIn = (zone: string | undefined) =>
    new Intl.DateTimeFormat('en', { dateStyle: 'short', timeZone: zone }).format(at);
  const isOtherDay = dateIn(timeZone) !== dateIn(undefined);
  return new Intl.DateTimeFormat(language.region(), {
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    ...(isOtherDay && { weekday: 'short' }),
  }).format(at);
}

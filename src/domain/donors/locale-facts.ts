import type { Prisma } from '../../platform/database/generated/client.js';
import { isTimeZone } from '../../platform/i18n/time-zones.js';

/** What a browser says of where its reader is at home; null where it says nothing that can be used. */
export interface LocaleFacts {
  /** A language tag in its canonical form (BCP 47), such as `de-AT`. */
  locale: string | null;
  /** An IANA name, such as `Europe/Vienna`. */
  timeZone: string | null;
}

const NO_FACTS: LocaleFacts = { locale: null, timeZone: null };

const LONGEST_TAG = 35;

/** The `locale` and `timeZone` in the context of a ticket, which is whatever the client has sent. */
export function localeFactsOf(context: Prisma.JsonValue | undefined): LocaleFacts {
  if (typeof context !== 'object' || context === null || Array.isArray(context)) return NO_FACTS;
  return { locale: languageTagOf(context['locale']), timeZone: timeZoneOf(context['timeZone']) };
}

/** With an underscore where systems write one. */
export function languageTagOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > LONGEST_TAG) return null;
  try {
    const [tag] = Intl.getCanonicalLocales(value.replace(/_/g, '-'));
    return tag !== undefined && tag.length <= LONGEST_TAG ? tag : null;
  } catch {
    return null;
  }
}

function timeZoneOf(value: unknown): string | null {
  return typeof value === 'string' && isTimeZone(value) ? value : null;
}

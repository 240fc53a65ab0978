import type { Prisma } from '../../platform/database/generated/client.js';

/** What a browser says of where its reader is at home; null where it says nothing that can be used. */
export interface LocaleFacts {
  /** A language tag in its canonical form (BCP 47), such as `de-AT`. */
  locale: string | null;
  /** An IANA name, such as `Europe/Vienna`. */
  timeZone: string | null;
}

const NO_FACTS: LocaleFacts = { locale: null, timeZone: null };

const LONGEST_TAG = 35;
const LONGEST_ZONE = 64;
/** Formats also take offsets such as `+01:00`, which know no summer. */
const ZONE_NAME = /^[A-Za-z][\w+/-]*$/;

/** Asking for a format takes longer than the rest of a request's checks. There are about 600 names. */
const MOST_KNOWN = 1_000;
const known = new Map<string, boolean>();

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
  if (typeof value !== 'string' || value.length > LONGEST_ZONE || !ZONE_NAME.test(value)) return null;
  const isZone = known.get(value) ?? isTimeZone(value);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(value, isZone);
  return isZone ? value : null;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

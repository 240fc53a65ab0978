import { readerOf, type Reader } from '../../platform/mail/reader.js';

/** A ticket with what is known of its donor. */
interface ReadTicket {
  /** What the donor's client told. */
  context: unknown;
  donor: { locale: string | null; timeZone: string | null };
}

/** How the donor of a ticket reads: in the language and zone that they used last, else in the ticket's, else in the desk's zone. */
export function donorReader({ context, donor }: ReadTicket, deskZone: string): Reader {
  const { locale, timeZone } = (context ?? {}) as { locale?: unknown; timeZone?: unknown };
  const told = typeof timeZone === 'string' ? timeZone : null;
  return readerOf(donor.locale ?? locale, donor.timeZone, told, deskZone);
}

import { Prisma } from '../../platform/database/generated/client.js';
import type { LocaleFacts } from './locale-facts.js';

/** A proven identity (src/domain/auth/owner-key.ts), and the address and name that its proof vouches for. */
export interface ProvenDonor extends Partial<LocaleFacts> {
  ownerKey: string;
  email: string | null;
  name: string | null;
}

/** A person whose identity nobody has proven; address and name are claims. */
export interface GuestDonor extends Partial<LocaleFacts> {
  id: string;
  email: string | null;
  name: string | null;
}

/** Writes the one row of a proven identity, with what its newest proof says; returns its id. Language and zone stay where none comes. */
export function writeProvenDonor(donor: ProvenDonor): Prisma.Sql {
  const { ownerKey, email, name, locale = null, timeZone = null } = donor;
  return Prisma.sql`
    INSERT INTO donors (owner_key, email, name, verified_at, locale, time_zone)
    VALUES (${ownerKey}, ${email}, ${name}, now(), ${locale}, ${timeZone})
    ON CONFLICT (owner_key) DO UPDATE
       SET email = excluded.email, name = excluded.name, verified_at = excluded.verified_at,
           locale = coalesce(excluded.locale, donors.locale), time_zone = coalesce(excluded.time_zone, donors.time_zone),
           updated_at = now()
    RETURNING id`;
}

/** Writes the row of a guest; returns its id. That of a guest with a session has the id of the session. */
export function writeGuestDonor(donor: GuestDonor): Prisma.Sql {
  const { id, email, name, locale = null, timeZone = null } = donor;
  return Prisma.sql`
    INSERT INTO donors (id, email, name, locale, time_zone)
    VALUES (${id}::uuid, ${email}, ${name}, ${locale}, ${timeZone}) RETURNING id`;
}

/** Reads to whom a session belongs. The session stays as it is until the transaction ends: nobody moves or erases it meanwhile. */
export function donorOfSession(sessionId: string): Prisma.Sql {
  return Prisma.sql`SELECT donor_uuid AS id FROM donor_sessions WHERE id = ${sessionId}::uuid FOR SHARE`;
}

/**
 * Writes another language or zone of the person whom `donor` selects. Passes over a row that is locked: the session is locked by
 * now, and an erasure locks the person first and the session after it.
 */
export function updateLocale(donor: Prisma.Sql, { locale, timeZone }: LocaleFacts): Prisma.Sql {
  return Prisma.sql`
    UPDATE donors SET locale = coalesce(${locale}, locale), time_zone = coalesce(${timeZone}, time_zone), updated_at = now()
     WHERE id = (SELECT id FROM donors
                  WHERE id = (${donor})
                    AND (locale IS DISTINCT FROM coalesce(${locale}, locale)
                         OR time_zone IS DISTINCT FROM coalesce(${timeZone}, time_zone))
                    FOR NO KEY UPDATE SKIP LOCKED)`;
}

/**
 * Gives what is known of a guest to the person that the guest has proven to be: notes are joined, and the language and zone that
 * the guest has used last count. Fine to repeat.
 */
export async function joinGuest(
  tx: Prisma.TransactionClient,
  guestUuid: string,
  donorUuid: string,
): Promise<void> {
  if (guestUuid === donorUuid) return;
  await tx.$executeRaw`
    WITH guest AS (
      SELECT id, locale, time_zone, notes FROM donors
       WHERE id = ${guestUuid}::uuid AND owner_key IS NULL FOR NO KEY UPDATE
    ), emptied AS (
      UPDATE donors SET notes = NULL, locale = NULL, time_zone = NULL, updated_at = now() FROM guest WHERE donors.id = guest.id
    )
    UPDATE donors p
       SET locale = coalesce(guest.locale, p.locale), time_zone = coalesce(guest.time_zone, p.time_zone),
           notes = CASE WHEN guest.notes IS NULL OR position(guest.notes IN p.notes) > 0 THEN p.notes
                        ELSE concat_ws(E'\n\n', p.notes, guest.notes) END,
           updated_at = now()
      FROM guest
     WHERE p.id = ${donorUuid}::uuid AND num_nonnulls(guest.locale, guest.time_zone, guest.notes) > 0`;
}

/** Moves a guest's session to the person that the guest has proven to be. One that has moved before stays. */
export async function moveGuestSession(
  tx: Prisma.TransactionClient,
  sessionId: string,
  donorUuid: string,
): Promise<void> {
  await tx.donorSession.updateMany({
    where: { id: sessionId, donor: { ownerKey: null } },
    data: { donorUuid },
  });
}

/** What staff know about a person; null removes it. Answers whether it was something else before. */
export async function writeNotes(
  tx: Prisma.TransactionClient,
  donorUuid: string,
  notes: string | null,
): Promise<boolean> {
  const written = await tx.$executeRaw`
    UPDATE donors SET notes = ${notes}, updated_at = now() WHERE id = ${donorUuid}::uuid AND notes IS DISTINCT FROM ${notes}`;
  return written > 0;
}

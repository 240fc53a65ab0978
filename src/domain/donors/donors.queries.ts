import { Prisma } from '../../platform/database/generated/client.js';

/** A proven identity (src/domain/auth/owner-key.ts), and the address and name that its proof vouches for. */
export interface ProvenDonor {
  ownerKey: string;
  email: string | null;
  name: string | null;
}

/** A person whose identity nobody has proven; address and name are claims. */
export interface GuestDonor {
  id: string;
  email: string | null;
  name: string | null;
}

/** Writes the one row of a proven identity, with what its newest proof says; returns its id. */
export function writeProvenDonor({ ownerKey, email, name }: ProvenDonor): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO donors (owner_key, email, name, verified_at) VALUES (${ownerKey}, ${email}, ${name}, now())
    ON CONFLICT (owner_key) DO UPDATE
       SET email = excluded.email, name = excluded.name, verified_at = excluded.verified_at, updated_at = now()
    RETURNING id`;
}

/** Writes the row of a guest; returns its id. That of a guest with a session has the id of the session. */
export function writeGuestDonor({ id, email, name }: GuestDonor): Prisma.Sql {
  return Prisma.sql`INSERT INTO donors (id, email, name) VALUES (${id}::uuid, ${email}, ${name}) RETURNING id`;
}

/** Reads to whom a session belongs. The session stays as it is until the transaction ends: nobody moves or erases it meanwhile. */
export function donorOfSession(sessionId: string): Prisma.Sql {
  return Prisma.sql`SELECT donor_uuid AS id FROM donor_sessions WHERE id = ${sessionId}::uuid FOR SHARE`;
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

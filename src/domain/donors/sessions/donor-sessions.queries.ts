import { Prisma } from '../../../platform/database/generated/client.js';
import { insertStreamEvents } from '../../outbox/outbox.queries.js';

type SqlRunner = Pick<Prisma.TransactionClient, '$queryRaw'>;

/** Ends one session; answers its id, also when it has ended before. */
export function endSession(db: SqlRunner, sessionId: string): Promise<string[]> {
  return end(db, Prisma.sql`id = ${sessionId}::uuid`);
}

/** Ends the sessions of a proven identity, and those of guests in which tickets of it were made. */
export function endIdentity(db: SqlRunner, ownerKey: string): Promise<string[]> {
  return end(
    db,
    Prisma.sql`(owner_key = ${ownerKey}
      OR id IN (SELECT donor_session_id FROM tickets WHERE owner_key = ${ownerKey}))`,
  );
}

/**
 * A session without a token stands for the tokens of a trusted backend: its line in time moves with every end. The phones of
 * a session get no more pushes.
 */
async function end(db: SqlRunner, which: Prisma.Sql): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH ended AS (
      UPDATE donor_sessions SET revoked_at = now(), token_version = token_version + 1
       WHERE ${which} AND (revoked_at IS NULL OR token_hash IS NULL) RETURNING id
    ), phones AS (
      DELETE FROM devices WHERE donor_session_id IN (SELECT id FROM ended)
    ), events AS (${insertStreamEvents('donor_session', 'donor_session.ended', Prisma.sql`SELECT id FROM ended`)}
    )
    SELECT id FROM ended`;
  return rows.map(({ id }) => id);
}

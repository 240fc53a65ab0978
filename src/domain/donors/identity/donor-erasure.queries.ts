import { mailboxKey, mailboxOf } from '../../auth/owner-key.js';
import type { TicketRow } from '../../event-log/rows.js';
import type { SqlRunner } from '../../event-log/timeline.queries.js';

/** Whom a ticket is about, by everything that names the person elsewhere. */
export interface TicketPerson {
  /** The guest's session in which it was opened. */
  sessionId: string | null;
  /** Proven identities: the one that owns it, and those of its mailboxes. */
  ownerKeys: string[];
  /** Every address that the ticket has ever had, as mailboxes are compared. */
  mailboxes: string[];
}

/**
 * Who the person is, while the log still says which addresses staff have corrected. Locks the person's sessions: nobody opens
 * another ticket in one that is about to go. Proofs that come in meanwhile write the person first: so their lock is the first.
 */
export async function lockPerson(tx: SqlRunner, ticket: TicketRow): Promise<TicketPerson> {
  const earlier = await tx.$queryRaw<{ email: string }[]>`
    SELECT DISTINCT data #>> '{from,donorEmail}' AS email FROM ticket_events
     WHERE ticket_id = ${ticket.id}::uuid AND type = 'ticket.updated' AND data #>> '{from,donorEmail}' IS NOT NULL`;
  const { donorEmail, provenEmail, ownerKey, donorSessionId: sessionId } = ticket;
  const addresses = [donorEmail, provenEmail, ...earlier.map(({ email }) => email)];
  const mailboxes = [...new Set(addresses.filter((one) => one !== null).map(mailboxOf))];
  const ownerKeys = [...(ownerKey === null ? [] : [ownerKey]), ...mailboxes.map(mailboxKey)];
  await tx.$queryRaw`SELECT id FROM donors WHERE owner_key = ANY(${ownerKeys}::text[]) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$queryRaw`
    SELECT id FROM donor_sessions WHERE id = ${sessionId}::uuid OR owner_key = ANY(${ownerKeys}::text[])
     ORDER BY id FOR UPDATE`;
  return { sessionId, ownerKeys, mailboxes };
}

/** After the deletion: the part of the person that no other ticket is about. */
export async function withoutTickets(tx: SqlRunner, person: TicketPerson): Promise<TicketPerson> {
  const [left] = await tx.$queryRaw<[{ sessionId: string | null; mailboxes: string[]; ownerKeys: string[] }]>`
    SELECT
      (SELECT id::text FROM donor_sessions s WHERE id = ${person.sessionId}::uuid AND owner_key IS NULL
          AND NOT EXISTS (SELECT 1 FROM tickets WHERE donor_session_id = s.id)) AS "sessionId",
      ARRAY(SELECT m FROM unnest(${person.mailboxes}::text[]) m
             WHERE NOT EXISTS (SELECT 1 FROM tickets WHERE lower(donor_email COLLATE "C") = m COLLATE "C")
               AND NOT EXISTS (SELECT 1 FROM tickets WHERE owner_key = 'mail:' || m)) AS mailboxes,
      ARRAY(SELECT k FROM unnest(${person.ownerKeys}::text[]) k
             WHERE NOT EXISTS (SELECT 1 FROM tickets WHERE owner_key = k)
               AND NOT EXISTS (SELECT 1 FROM tickets WHERE k LIKE 'mail:%'
                                  AND lower(donor_email COLLATE "C") = substr(k, 6) COLLATE "C")) AS "ownerKeys"`;
  return left;
}

/**
 * Deletes the sessions of a person without tickets, and with them their phones; answers which. What stands for a backend's
 * tokens and was ended stays without a word of the person: it keeps the tokens of before worthless.
 */
export async function eraseSessions(
  tx: SqlRunner,
  { sessionId, ownerKeys }: TicketPerson,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH gone AS (
      SELECT id, token_hash IS NULL AND revoked_at IS NOT NULL AS stays FROM donor_sessions s
       WHERE (id = ${sessionId}::uuid OR owner_key = ANY(${ownerKeys}::text[]))
         AND NOT EXISTS (SELECT 1 FROM tickets WHERE donor_session_id = s.id)
    ), blank AS (
      UPDATE donor_sessions SET donor_uuid = NULL, donor_id = '', email = NULL, name = NULL, owner_key = NULL, issuer = NULL, last_seen_at = 'epoch'
       WHERE id IN (SELECT id FROM gone WHERE stays)
    ), phones AS (
      DELETE FROM devices WHERE donor_session_id IN (SELECT id FROM gone WHERE stays)
    ), deleted AS (
      DELETE FROM donor_sessions WHERE id IN (SELECT id FROM gone WHERE NOT stays)
    )
    SELECT id::text FROM gone`;
  return rows.map(({ id }) => id);
}

/**
 * Takes a proven identity out of the donors who are left. A person's row goes with the last ticket or session that refers to it
 * (the trigger forget_donor); where a guest's ticket still does, made with a token of before the proof, it is a guest's again.
 */
export async function eraseProofs(tx: SqlRunner, ownerKeys: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE donors SET owner_key = NULL, email = NULL, name = NULL, verified_at = NULL, locale = NULL, time_zone = NULL, notes = NULL,
                      updated_at = now()
     WHERE owner_key = ANY(${ownerKeys}::text[])`;
}

/** Deletes the links that were asked for these mailboxes, or in these sessions; answers which. */
export async function eraseLinks(
  tx: SqlRunner,
  mailboxes: readonly string[],
  sessionIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM donor_links WHERE mailbox = ANY(${mailboxes}::text[]) OR guest_id = ANY(${sessionIds}::uuid[])
    RETURNING id::text`;
  return rows.map(({ id }) => id);
}

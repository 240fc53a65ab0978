import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { mailboxBehind } from '../auth/owner-key.js';
import type { TicketRow } from '../event-log/rows.js';
import type { SqlRunner } from '../event-log/timeline.queries.js';

/** The row under its TypeScript names; the search vector stays in the database. */
export const TICKET_COLUMNS = Prisma.raw(`
  t.id, t.number, t.donor_id AS "donorId", t.donor_email AS "donorEmail",
  t.donor_email_corrected AS "donorEmailCorrected", t.proven_email AS "provenEmail", t.proven_name AS "provenName", t.donor_role AS "donorRole", t.donor_name AS "donorName",
  t.donor_session_id AS "donorSessionId", t.owner_key AS "ownerKey", t.channel, t.external_id AS "externalId", t.subject, t.description, t.category, t.priority, t.status, t.team,
  t.admin_id AS "adminId", t.call_requested AS "callRequested", t.call_type AS "callType",
  t.active_call_id AS "activeCallId", t.callback_due_at AS "callbackDueAt", t.callback_phone AS "callbackPhone",
  t.tags, t.context, t.summary, t.helpful_notes AS "helpfulNotes",
  t.related_skills AS "relatedSkills", t.triaged_at AS "triagedAt", t.rating, t.rating_comment AS "ratingComment",
  t.rated_at AS "ratedAt", t.first_response_at AS "firstResponseAt", t.resolved_at AS "resolvedAt",
  t.resolved_by_id AS "resolvedById", t.closed_at AS "closedAt", t.last_seq AS "lastSeq",
  t.last_public_seq AS "lastPublicSeq", t.version, t.created_at AS "createdAt", t.updated_at AS "updatedAt"`);

export const OWNER = Prisma.raw(
  `u.name AS "adminName", u.username AS "adminUsername", u.avatar AS "adminAvatar"`,
);

export interface OwnerColumns {
  adminName: string | null;
  adminUsername: string | null;
  adminAvatar: string | null;
}

export type TicketWithOwner = TicketRow & OwnerColumns;

/** Locks the ticket until the transaction ends; null when there is none. */
export async function lockTicket(tx: SqlRunner, id: string): Promise<TicketRow | null> {
  const rows = await tx.$queryRaw<
    TicketRow[]
  >`SELECT ${TICKET_COLUMNS} FROM tickets t WHERE t.id = ${id}::uuid FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** A ticket and its owner, in one statement. */
export async function readTicket(db: Database, id: string): Promise<TicketWithOwner | null> {
  const rows = await db.query<TicketWithOwner>(Prisma.sql`
    SELECT ${TICKET_COLUMNS}, ${OWNER} FROM tickets t LEFT JOIN users u ON u.id = t.admin_id WHERE t.id = ${id}::uuid`);
  return rows[0] ?? null;
}

/** The policy's `ownsAsDonor` for proven identities, as a condition on `t`; a specification test holds both together. */
export function ownedBy(ownerKey: string): Prisma.Sql {
  const mailbox = mailboxBehind(ownerKey);
  const own = Prisma.sql`t.owner_key = ${ownerKey}`;
  return mailbox === undefined
    ? own
    : Prisma.sql`(${own} OR (lower(t.donor_email COLLATE "C") = ${mailbox} COLLATE "C" AND NOT t.donor_email_corrected
        AND (t.owner_key IS NULL OR lower(t.proven_email COLLATE "C") = ${mailbox} COLLATE "C")))`;
}

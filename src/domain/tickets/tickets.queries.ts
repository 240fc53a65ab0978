import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { mailboxBehind } from '../auth/owner-key.js';
import { NO_OWNER, type OwnerColumns, type TicketRow, type TicketWithOwner } from '../event-log/rows.js';
import { TICKET_COLUMNS } from '../event-log/ticket.columns.js';
import type { SqlRunner } from '../event-log/timeline.queries.js';

export const OWNER = Prisma.raw(
  `u.name AS "adminName", u.username AS "adminUsername", u.avatar AS "adminAvatar"`,
);

/** Locks the ticket until the transaction ends; null when there is none. */
export async function lockTicket(tx: SqlRunner, id: string): Promise<TicketRow | null> {
  const rows = await tx.$queryRaw<
    TicketRow[]
  >`SELECT ${TICKET_COLUMNS} FROM tickets t WHERE t.id = ${id}::uuid FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** The owner's columns for a ticket that was written without them. */
export async function readOwner(tx: SqlRunner, adminId: number | null): Promise<OwnerColumns> {
  if (adminId === null) return NO_OWNER;
  const rows = await tx.$queryRaw<OwnerColumns[]>`SELECT ${OWNER} FROM users u WHERE u.id = ${adminId}::int`;
  return rows[0] ?? NO_OWNER;
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

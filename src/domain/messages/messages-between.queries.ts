import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { Cursor } from '../../platform/http/pagination/cursor.js';
import type { MessageRow } from '../event-log/rows.js';

/** The tickets that somebody is on: a donor by owning them, staff by having written. */
const ticketsOf = (userId: string): Prisma.Sql => Prisma.sql`
  SELECT id FROM tickets WHERE donor_id = ${userId}
   UNION
  SELECT ticket_id FROM messages WHERE sender_id = ${userId} AND sender_type = 'admin'`;

/** What the two wrote on the tickets that both are on, newest first. */
export function messagesBetween(
  db: Database,
  one: string,
  other: string,
  page: { limit: number; before: Cursor | undefined },
): Promise<MessageRow[]> {
  const bound =
    page.before === undefined
      ? Prisma.empty
      : Prisma.sql`AND (m.created_at, m.id) < (${page.before.at.toISOString()}::timestamptz, ${page.before.id}::uuid)`;
  return db.query<MessageRow>(Prisma.sql`
    WITH common AS ((${ticketsOf(one)}) INTERSECT (${ticketsOf(other)}))
    SELECT m.id, m.ticket_id AS "ticketId", m.seq, m.public_seq AS "publicSeq", m.sender_id AS "senderId",
           m.sender_type AS "senderType", m.sender_name AS "senderName", m.content, m.message_type AS "messageType", NULL AS system,
           m.client_message_id AS "clientMessageId", m.channel, m.external_id AS "externalId", m.is_read AS "isRead", m.read_at AS "readAt",
           m.edited_at AS "editedAt", m.deleted_at AS "deletedAt", m.created_at AS "createdAt", m.updated_at AS "updatedAt"
      FROM messages m
      JOIN common c ON c.id = m.ticket_id
     WHERE m.sender_id IN (${one}, ${other}) AND m.message_type = 'text' ${bound}
     ORDER BY m.created_at DESC, m.id DESC
     LIMIT ${page.limit}::int`);
}

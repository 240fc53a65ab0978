import type { Database } from '../../platform/database/database.service.js';
import { type Message, Prisma } from '../../platform/database/generated/client.js';
import type { Cursor } from '../../platform/http/pagination/cursor.js';
import { MESSAGE_COLUMNS } from '../event-log/message.columns.js';
import { messageRow, type MessageRow } from '../event-log/rows.js';

/** The tickets that somebody is on: a donor by owning them, staff by having written. */
const ticketsOf = (userId: string): Prisma.Sql => Prisma.sql`
  SELECT id FROM tickets WHERE donor_id = ${userId}
   UNION
  SELECT ticket_id FROM messages WHERE sender_id = ${userId} AND sender_type = 'admin'`;

/** What the two wrote on the tickets that both are on, newest first. */
export async function messagesBetween(
  db: Database,
  one: string,
  other: string,
  page: { limit: number; before: Cursor | undefined },
): Promise<MessageRow[]> {
  const bound =
    page.before === undefined
      ? Prisma.empty
      : Prisma.sql`AND (m.created_at, m.id) < (${page.before.at.toISOString()}::timestamptz, ${page.before.id}::uuid)`;
  const rows = await db.query<Message>(Prisma.sql`
    WITH common AS ((${ticketsOf(one)}) INTERSECT (${ticketsOf(other)}))
    SELECT ${MESSAGE_COLUMNS}
      FROM messages m
      JOIN common c ON c.id = m.ticket_id
     WHERE m.sender_id IN (${one}, ${other}) AND m.message_type = 'text' ${bound}
     ORDER BY m.created_at DESC, m.id DESC
     LIMIT ${page.limit}::int`);
  return rows.map(messageRow);
}

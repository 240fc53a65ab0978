import { OPEN_STATUSES, type TicketStatus } from '../../contract/ticket-status.js';
import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { SqlRunner } from '../event-log/timeline.queries.js';
import { ownedBy } from '../tickets/tickets.queries.js';
import type { TicketReader, TicketSeen } from './ticket-reader.js';

/** A ticket with something that the reader has not seen. */
export interface UnreadRow {
  ticketId: string;
  isMine: boolean;
  /** The place of the newest of it, in the reader's stream. */
  seq: number;
  count: number;
  text: string | null;
  senderName: string | null;
  at: Date;
}

/** Counts stop there, those of tickets and those of what is unread in one. */
export const UNREAD_BOUND = 100;

/** So many tickets of a status are looked at, the last changed first: what lies further back does not count. */
const LOOKED_AT = 1_000;

/** Enough characters for a text of TEXT_LENGTH (unread.dto.ts); the cut that readers see is made there. */
const EXCERPT = 160;

/** Writes how far the reader has come; `news` is the place of the newest thing to read. False when it was seen before. */
export async function markSeen(
  tx: SqlRunner,
  { reader, ticketId, seq }: TicketSeen,
  news: number,
): Promise<boolean> {
  const isStaff = 'userId' in reader;
  const column = Prisma.raw(isStaff ? 'user_id' : 'session_id');
  const value = isStaff ? Prisma.sql`${reader.userId}::int` : Prisma.sql`${reader.sessionId}::uuid`;
  const written = await tx.$executeRaw`
    INSERT INTO ticket_seen AS s (ticket_id, ${column}, seq) VALUES (${ticketId}::uuid, ${value}, ${seq}::int)
    ON CONFLICT (ticket_id, ${column}) DO UPDATE SET seq = excluded.seq, at = excluded.at
     WHERE s.seq < least(excluded.seq, ${news}::int)`;
  return written > 0;
}

/** Unread tickets that are open and the person's own, or nobody's; of each kind at most UNREAD_BOUND, the last changed first. */
export async function unreadOfStaff(db: Database, userId: number): Promise<UnreadRow[]> {
  return db.query(Prisma.sql`
    WITH unread AS (
      (${unseen(Prisma.sql`admin_id = ${userId}::int`, userId)}) UNION ALL (${unseen(Prisma.sql`admin_id IS NULL`, userId)})
    )
    SELECT u.id AS "ticketId", u.admin_id IS NOT NULL AS "isMine", u.last_donor_seq AS seq,
           ${count('donor')} + ${requests} AS count,
           CASE WHEN m.id IS NULL THEN left(coalesce(u.description, u.subject), ${EXCERPT}::int) ELSE left(m.content, ${EXCERPT}::int) END AS text,
           CASE WHEN m.id IS NULL THEN u.donor_name ELSE m.sender_name END AS "senderName",
           coalesce(m.created_at, u.created_at) AS at
      FROM unread u LEFT JOIN LATERAL (${lastOf('donor')}) AS m ON true
     ORDER BY u.updated_at DESC, u.id DESC`);
}

/** Each status is walked by itself, newest first, as the board does: the index answers, however many tickets have ended. */
function unseen(owner: Prisma.Sql, userId: number): Prisma.Sql {
  const walk = (status: TicketStatus): Prisma.Sql => Prisma.sql`
    (SELECT * FROM tickets WHERE status = ${Prisma.raw(`'${status}'`)} AND ${owner}
      ORDER BY updated_at DESC, id DESC LIMIT ${LOOKED_AT}::int)`;
  return Prisma.sql`
    SELECT t.*, coalesce(s.seq, 0) AS seen
      FROM (${Prisma.join(OPEN_STATUSES.map(walk), ' UNION ALL ')}) AS t
      LEFT JOIN ticket_seen s ON s.ticket_id = t.id AND s.user_id = ${userId}::int
     WHERE t.last_donor_seq > coalesce(s.seq, 0)
     ORDER BY t.updated_at DESC, t.id DESC LIMIT ${UNREAD_BOUND}::int`;
}

/** A donor's tickets in which staff have written something new. What one session of a person has seen, all have. */
export async function unreadOfDonor(
  db: Database,
  { sessionId, ownerKey }: Extract<TicketReader, { sessionId: string }>,
): Promise<UnreadRow[]> {
  const own = ownerKey === null ? Prisma.sql`t.donor_session_id = ${sessionId}::uuid` : ownedBy(ownerKey);
  return db.query(Prisma.sql`
    WITH sessions AS (
      SELECT d.id FROM donor_sessions me JOIN donor_sessions d ON d.id = me.id OR d.donor_uuid = me.donor_uuid
       WHERE me.id = ${sessionId}::uuid
    ), unread AS (
      SELECT t.*, coalesce(s.seq, 0) AS seen
        FROM (SELECT * FROM tickets t WHERE ${own} ORDER BY t.created_at DESC, t.id DESC LIMIT ${LOOKED_AT}::int) AS t
        LEFT JOIN LATERAL (
          SELECT max(s.seq) AS seq FROM ticket_seen s WHERE s.ticket_id = t.id AND s.session_id IN (SELECT id FROM sessions)
        ) AS s ON true
       WHERE t.last_staff_seq > coalesce(s.seq, 0)
       ORDER BY t.updated_at DESC, t.id DESC LIMIT ${UNREAD_BOUND}::int
    )
    SELECT u.id AS "ticketId", true AS "isMine", u.last_staff_seq AS seq, ${count('admin')} AS count,
           left(m.content, ${EXCERPT}::int) AS text, m.sender_name AS "senderName", coalesce(m.created_at, u.created_at) AS at
      FROM unread u LEFT JOIN LATERAL (${lastOf('admin')}) AS m ON true
     ORDER BY u.updated_at DESC, u.id DESC`);
}

type Side = 'donor' | 'admin';

/** What one side has written and not deleted; staff's notes are for staff. */
const writtenBy = (side: Side): Prisma.Sql => Prisma.sql`
  m.ticket_id = u.id AND m.sender_type = ${side} AND m.message_type = 'text' AND m.deleted_at IS NULL`;

function count(side: Side): Prisma.Sql {
  const place =
    side === 'donor' ? Prisma.sql`m.seq > u.seen` : Prisma.sql`m.seq > u.seen AND m.public_seq > u.seen`;
  return Prisma.sql`
    (SELECT count(*)::int FROM (SELECT FROM messages m WHERE ${writtenBy(side)} AND ${place} LIMIT ${UNREAD_BOUND}::int) AS c)`;
}

const lastOf = (side: Side): Prisma.Sql =>
  Prisma.sql`SELECT m.* FROM messages m WHERE ${writtenBy(side)} ORDER BY m.seq DESC LIMIT 1`;

/** The ticket itself and the calls that its donor has asked for. */
const requests = Prisma.sql`
  (SELECT count(*)::int FROM (
     SELECT FROM ticket_events e
      WHERE e.ticket_id = u.id AND e.seq > u.seen AND e.actor_type = 'donor' AND e.type IN ('ticket.created', 'call.requested')
      LIMIT ${UNREAD_BOUND}::int) AS r)`;

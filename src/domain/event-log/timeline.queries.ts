import type { TicketEventType } from '../../contract/events/event-types.js';
import type { ActorType } from '../../contract/roles.js';
import { type Message, Prisma } from '../../platform/database/generated/client.js';
import type { LoggedFacts } from './event-record.js';
import { MESSAGE_COLUMNS } from './message.columns.js';
import { messageRow, type MessageRow, type NewMessage } from './rows.js';

/** Anything that runs raw SQL: the database or one transaction on it. */
export type SqlRunner = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;

export interface EventToAppend {
  n: number;
  /** Place among the public ones of this batch, or null. */
  pn: number | null;
  type: TicketEventType;
  actor_type: ActorType;
  actor_id: string | null;
  actor_via: 'link' | null;
  message_id: string | null;
  call_id: string | null;
  data: object;
  dispatched: boolean;
  /** Whom it is news for, who has something to read then; null for what nobody is told of. */
  news_for: 'staff' | 'donor' | null;
}

export interface AppendedRow {
  seq: number;
  publicSeq: number | null;
  createdAt: Date;
}

/**
 * Appends a batch. The UPDATE takes the ticket's row lock, so the order of the numbers is the order of the commits
 * and a number is never skipped; the clock is read under that lock, so times follow the numbers. `touch` moves updated_at (a read receipt must not reorder the board).
 */
export function appendEvents(
  db: SqlRunner,
  ticketId: string,
  events: readonly EventToAppend[],
  touch: boolean,
): Promise<AppendedRow[]> {
  const publicCount = events.filter((event) => event.pn !== null).length;
  const forStaff = events.findLast((event) => event.news_for === 'staff')?.n ?? null;
  const forDonor = events.findLast((event) => event.news_for === 'donor')?.pn ?? null;
  return db.$queryRaw<AppendedRow[]>`
    WITH t AS (
      UPDATE tickets
         SET last_seq = last_seq + ${events.length}::int,
             last_public_seq = last_public_seq + ${publicCount}::int,
             last_donor_seq = coalesce(last_seq + ${forStaff}::int, last_donor_seq),
             last_staff_seq = coalesce(last_public_seq + ${forDonor}::int, last_staff_seq),
             updated_at = CASE WHEN ${touch}::boolean THEN clock.at ELSE updated_at END
        FROM (SELECT clock_timestamp()::timestamptz(3) AS at) AS clock
       WHERE id = ${ticketId}::uuid
      RETURNING clock.at, id, last_seq - ${events.length}::int AS seq, last_public_seq - ${publicCount}::int AS public_seq
    ), e AS (
      INSERT INTO ticket_events
        (ticket_id, seq, public_seq, type, actor_type, actor_id, actor_via, message_id, call_id, data, dispatched, created_at)
      SELECT t.id, t.seq + e.n, t.public_seq + e.pn, e.type, e.actor_type, e.actor_id, e.actor_via, e.message_id, e.call_id, e.data, e.dispatched, t.at
        FROM t, jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS e
          (n int, pn int, type text, actor_type text, actor_id text, actor_via text, message_id uuid, call_id uuid, data jsonb, dispatched boolean)
      RETURNING seq, public_seq, created_at
    )
    SELECT seq, public_seq AS "publicSeq", created_at AS "createdAt" FROM e ORDER BY seq`;
}

export type LoggedRow = LoggedPlace & LoggedFacts;

interface LoggedPlace {
  seq: number;
  publicSeq: number | null;
  actorType: ActorType;
  actorId: string | null;
  actorVia: 'link' | null;
  actorName: string | null;
  actorAvatar: string | null;
  createdAt: Date;
}

/** Reads the log after a sequence number of the asked stream, oldest first, with messages and names joined. */
export async function readEvents(
  db: SqlRunner,
  ticketId: string,
  stream: 'staff' | 'donor',
  after: number,
  limit: number,
): Promise<LoggedRow[]> {
  const own =
    stream === 'staff'
      ? Prisma.sql`e.seq > ${after}::int`
      : Prisma.sql`e.seq > ${after}::int AND e.public_seq > ${after}::int`;
  return db.$queryRaw<LoggedRow[]>`
    SELECT e.seq, e.public_seq AS "publicSeq", e.type, e.actor_type AS "actorType", e.actor_id AS "actorId", e.actor_via AS "actorVia",
           CASE e.actor_type WHEN 'admin' THEN u.name WHEN 'donor' THEN t.donor_name END AS "actorName",
           u.avatar AS "actorAvatar", e.call_id AS "callId", e.data, e.created_at AS "createdAt",
           CASE WHEN m.id IS NULL THEN NULL ELSE to_jsonb(m) - 'search' END AS message
      FROM ticket_events e
      JOIN tickets t ON t.id = e.ticket_id
      LEFT JOIN messages m ON m.id = e.message_id
      LEFT JOIN users u ON u.id = CASE WHEN e.actor_type = 'admin' THEN e.actor_id::int END
     WHERE e.ticket_id = ${ticketId}::uuid AND ${own}
     ORDER BY e.seq
     LIMIT ${limit}::int`;
}

/** A message with the place that its event took. */
export type PlacedMessage = NewMessage & Pick<MessageRow, 'ticketId' | 'seq' | 'publicSeq' | 'createdAt'>;

/** Writes messages that were given their places by appendEvents; returns the rows, in no order. */
export async function insertMessages(
  db: SqlRunner,
  messages: readonly PlacedMessage[],
): Promise<MessageRow[]> {
  const rows = await db.$queryRaw<Message[]>`
    INSERT INTO messages AS m (id, ticket_id, seq, public_seq, sender_id, sender_type, sender_name, content, message_type,
                               client_message_id, channel, system_key, system_params, created_at, updated_at)
    SELECT "id", "ticketId", "seq", "publicSeq", "senderId", "senderType", "senderName", "content", "messageType",
           "clientMessageId", "channel", "system"->>'key', "system"->'params', "createdAt", "createdAt"
      FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS n
        ("id" uuid, "ticketId" uuid, "seq" int, "publicSeq" int, "senderId" text, "senderType" text, "senderName" text,
         "content" text, "messageType" text, "clientMessageId" text, "channel" text, "system" jsonb, "createdAt" timestamptz)
    RETURNING ${MESSAGE_COLUMNS}`;
  return rows.map(messageRow);
}

import type { TicketStatus } from '../../contract/ticket-status.js';
import type { Channel } from '../../contract/ticket-fields.js';
import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { messageRow, type MessageRow, type TicketWithOwner } from '../event-log/rows.js';
import { TICKET_COLUMNS } from '../event-log/ticket.columns.js';
import type { SqlRunner } from '../event-log/timeline.queries.js';
import { OWNER, ownedBy } from '../tickets/tickets.queries.js';
import { WAITING_AFTER_DONOR, WAITING_AFTER_STAFF } from '../tickets/waiting.js';
import {
  AFTER_DONOR_MESSAGE,
  AFTER_OWNER_MESSAGE,
  AFTER_STAFF_MESSAGE,
  CLOSED_FOR_MESSAGES,
} from './message-rules.js';

/** The ticket as the statement left it, with the places that its events took. */
export interface PostedRow extends TicketWithOwner {
  seq: number;
  publicSeq: number;
  /** The status before. */
  from: TicketStatus;
  /** `waitingSince` before. */
  waitedSince: Date | null;
  isFirstResponse: boolean;
  senderId: string;
  senderName: string | null;
}

export interface PostStatement {
  ticketId: string;
  messageId: string;
  content: string;
  clientMessageId: string | null;
  channel: Channel;
  dispatched: boolean;
  statusDispatched: boolean;
  /** How the sender came, where that was without a token (EventActor.via). */
  via: 'link' | null;
}

/** The rules' table as SQL, so that the statement and the table cannot differ. */
function caseOf(rules: Partial<Record<TicketStatus, TicketStatus>>): string {
  const cases = Object.entries(rules).map(([from, to]) => `WHEN '${from}' THEN '${to}'`);
  return `CASE t.status ${cases.join(' ')} ELSE t.status END`;
}

const CLOSED = CLOSED_FOR_MESSAGES.map((status) => `'${status}'`).join(', ');
const AFTER_DONOR_OWNED = caseOf(AFTER_DONOR_MESSAGE);
/** Pending always has an owner: without one the donor's next step leads back to new. */
const AFTER_DONOR = Prisma.raw(
  `CASE WHEN t.admin_id IS NULL AND ${AFTER_DONOR_OWNED} = 'pending' THEN 'new' ELSE ${AFTER_DONOR_OWNED} END`,
);
const AFTER_STAFF = Prisma.raw(
  `CASE WHEN t.admin_id = s.id THEN ${caseOf(AFTER_OWNER_MESSAGE)} ELSE ${caseOf(AFTER_STAFF_MESSAGE)} END`,
);
/** A ticket that reopens, or whose owner has left, also changes hands or may: that is not the statement's work. */
const STAYS_WITH_OWNER = Prisma.raw(
  `t.status <> 'resolved' AND (t.admin_id IS NULL OR (SELECT u.is_active FROM users u WHERE u.id = t.admin_id))`,
);
const OPEN_FOR_MESSAGES = Prisma.raw(`t.status NOT IN (${CLOSED})`);

/** Whose ticket it must be for a donor to write: a guest's session, a proven identity, or a guest's for the holder of the link. */
export type DonorScope = { sessionId: string } | { ownerKey: string } | 'link';

function scopeClause(scope: DonorScope): Prisma.Sql {
  if (scope === 'link') return Prisma.sql`AND t.owner_key IS NULL`;
  if ('sessionId' in scope) return Prisma.sql`AND t.donor_session_id = ${scope.sessionId}::uuid`;
  return Prisma.sql`AND ${ownedBy(scope.ownerKey)}`;
}

/**
 * The donor's message on an open ticket: ticket, message and events in one statement. No row when a rule forbids it, or when
 * the ticket reopens or its owner has left; the caller finds out which.
 */
export async function postAsDonor(
  db: Database,
  post: PostStatement,
  scope: DonorScope,
  claimedDonorId: string | null,
): Promise<PostedRow | null> {
  const before = Prisma.sql`
    SELECT t.id, t.status, t.admin_id, t.waiting_since, t.first_response_at, ${AFTER_DONOR} AS next, t.donor_id AS sender_id, t.donor_name AS sender_name, 'donor' AS sender_type
      FROM tickets t
     WHERE t.id = ${post.ticketId}::uuid AND ${OPEN_FOR_MESSAGES} AND ${STAYS_WITH_OWNER} ${scopeClause(scope)}
       AND (${claimedDonorId}::text IS NULL OR t.donor_id = ${claimedDonorId})
       FOR NO KEY UPDATE`;
  const waitingSince = Prisma.raw(WAITING_AFTER_DONOR);
  return postWith(
    db,
    post,
    before,
    Prisma.sql`waiting_since = ${waitingSince}, last_donor_seq = t.last_seq + 1`,
  );
}

/** A reply on a ticket that somebody owns; a reply on an unowned one also takes it, which is not this statement's work. */
export async function postAsStaff(
  db: Database,
  post: PostStatement,
  staff: { id: number; name: string },
): Promise<PostedRow | null> {
  const before = Prisma.sql`
    SELECT t.id, t.status, t.admin_id, t.waiting_since, t.first_response_at, ${AFTER_STAFF} AS next, s.id::text AS sender_id, s.name AS sender_name, 'admin' AS sender_type
      FROM tickets t, (VALUES (${staff.id}::int, ${staff.name}::text)) AS s (id, name)
     WHERE t.id = ${post.ticketId}::uuid AND ${OPEN_FOR_MESSAGES} AND t.admin_id IS NOT NULL
       FOR NO KEY UPDATE OF t`;
  const waitingSince = Prisma.raw(WAITING_AFTER_STAFF);
  const set = Prisma.sql`
    first_response_at = coalesce(t.first_response_at, now()), waiting_since = ${waitingSince}, last_staff_seq = t.last_public_seq + 1`;
  return postWith(db, post, before, set);
}

/**
 * `before` locks the ticket and reads what is decided upon. The owner is written as it was read: PostgreSQL checks constraints
 * on the row of the statement's snapshot before it sees that the row has changed, so a status beside the owner of before
 * would break tickets_owner_check after an assignment for which the lock was waited. `set` is what this side's message changes.
 */
async function postWith(
  db: Database,
  post: PostStatement,
  before: Prisma.Sql,
  set: Prisma.Sql,
): Promise<PostedRow | null> {
  const rows = await db.query<PostedRow>(Prisma.sql`
    WITH a AS (${before}),
    b AS (SELECT *, CASE WHEN next = status THEN 1 ELSE 2 END AS events FROM a),
    t AS (
      UPDATE tickets t
         SET status = b.next,
             admin_id = b.admin_id,
             last_seq = t.last_seq + b.events,
             last_public_seq = t.last_public_seq + b.events,
             ${set},
             updated_at = clock_timestamp()
        FROM b WHERE t.id = b.id
      RETURNING t.*, b.status AS before, b.waiting_since AS waited_since,
                t.first_response_at IS DISTINCT FROM b.first_response_at AS is_first_response, b.sender_id, b.sender_name, b.sender_type,
                t.last_seq - b.events + 1 AS seq, t.last_public_seq - b.events + 1 AS public_seq
    ), m AS (
      INSERT INTO messages (id, ticket_id, seq, public_seq, sender_id, sender_type, sender_name, content, client_message_id, channel, created_at, updated_at)
      SELECT ${post.messageId}::uuid, t.id, t.seq, t.public_seq, t.sender_id, t.sender_type, t.sender_name, ${post.content},
             ${post.clientMessageId}, ${post.channel}, t.updated_at, t.updated_at FROM t
    ), e AS (
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, actor_via, message_id, data, dispatched, created_at)
      SELECT t.id, t.seq, t.public_seq, 'message.posted', t.sender_type, t.sender_id, ${post.via}, ${post.messageId}::uuid, '{}'::jsonb, ${post.dispatched}::boolean, t.updated_at
        FROM t
      UNION ALL
      SELECT t.id, t.seq + 1, t.public_seq + 1, 'ticket.status_changed', t.sender_type, t.sender_id, ${post.via}, NULL,
             jsonb_build_object('from', t.before, 'to', t.status), ${post.statusDispatched}::boolean, t.updated_at
        FROM t WHERE t.before <> t.status
    )
    SELECT ${TICKET_COLUMNS}, ${OWNER}, t.seq, t.public_seq AS "publicSeq", t.before AS "from",
           t.waited_since AS "waitedSince", t.is_first_response AS "isFirstResponse",
           t.sender_id AS "senderId", t.sender_name AS "senderName"
      FROM t LEFT JOIN users u ON u.id = t.admin_id`);
  return rows[0] ?? null;
}

export interface ReadMark {
  upToSeq: number;
  upToPublicSeq: number;
  readAt: Date;
}

/** Marks one side's messages as read, up to a place when given; null when none was unread. */
export async function markRead(
  tx: SqlRunner,
  ticketId: string,
  senderType: 'donor' | 'admin',
  upTo: { stream: 'staff' | 'donor'; seq: number } | null,
): Promise<ReadMark | null> {
  const column = Prisma.raw(upTo?.stream === 'donor' ? 'public_seq' : 'seq');
  const bound = upTo === null ? Prisma.empty : Prisma.sql`AND ${column} <= ${upTo.seq}::int`;
  const [mark] = await tx.$queryRaw<[ReadMark | { upToSeq: null }]>`
    WITH read AS (
      UPDATE messages SET is_read = true, read_at = now()
       WHERE ticket_id = ${ticketId}::uuid AND sender_type = ${senderType} AND message_type = 'text' AND NOT is_read ${bound}
      RETURNING seq, public_seq, read_at
    )
    SELECT max(seq) AS "upToSeq", max(public_seq) AS "upToPublicSeq", max(read_at) AS "readAt" FROM read`;
  return mark.upToSeq === null ? null : mark;
}

export interface MessagePage {
  limit: number;
  before: number | undefined;
  after: number | undefined;
}

/** Oldest first: the newest `limit` before a place, or the first `limit` after one. Donors see no notes. */
export async function listMessages(
  db: Prisma.TransactionClient,
  ticketId: string,
  stream: 'staff' | 'donor',
  page: MessagePage,
): Promise<MessageRow[]> {
  const column = stream === 'staff' ? 'seq' : 'publicSeq';
  const forward = page.after !== undefined;
  const bounds = {
    ...(page.after !== undefined && { gt: page.after }),
    ...(page.before !== undefined && { lt: page.before }),
  };
  const place =
    Object.keys(bounds).length > 0
      ? { [column]: bounds }
      : stream === 'donor'
        ? { publicSeq: { not: null } }
        : {};
  const found = await db.message.findMany({
    where: { ticketId, ...place },
    orderBy: { seq: forward ? 'asc' : 'desc' },
    take: page.limit,
  });
  const rows = found.map(messageRow);
  return forward ? rows : rows.reverse();
}

import type { ActorType, DelegatedRole } from '../../contract/roles.js';
import type { CallType, Priority } from '../../contract/ticket-fields.js';
import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { GUEST_IDLE_DAYS } from '../donors/sessions/donor-session-life.js';
import { mailboxBehind } from '../auth/owner-key.js';
import type { TicketRow } from '../event-log/rows.js';
import type { StoredData } from '../event-log/ticket-event.js';
import type { SqlRunner } from '../event-log/timeline.queries.js';
import { ownSearchClause, SEARCHING, searchClause } from './ticket-search.queries.js';

/** The row under its TypeScript names; the search vector stays in the database. */
export const TICKET_COLUMNS = Prisma.raw(`
  t.id, t.number, t.donor_id AS "donorId", t.donor_email AS "donorEmail",
  t.donor_email_corrected AS "donorEmailCorrected", t.proven_email AS "provenEmail", t.proven_name AS "provenName", t.donor_role AS "donorRole", t.donor_name AS "donorName",
  t.donor_session_id AS "donorSessionId", t.owner_key AS "ownerKey", t.subject, t.description, t.category, t.priority, t.status, t.team,
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

export interface NewTicket {
  id: string;
  donorId: string;
  donorEmail: string | null;
  provenEmail: string | null;
  provenName: string | null;
  donorName: string | null;
  donorRole: DelegatedRole | null;
  subject: string | null;
  description: string | null;
  category: string | null;
  priority: Priority;
  callType: CallType | null;
  context: Prisma.JsonObject;
  actorType: ActorType;
  actorId: string;
  /** The event's facts; the number is added in the database. */
  data: Omit<StoredData<'ticket.created'>, 'number'>;
  dispatched: boolean;
}

export interface NewSession {
  id: string;
  tokenHash: Uint8Array<ArrayBuffer>;
}

export interface NewCallColumns {
  id: string;
  provider: string;
  roomName: string;
  dailyRoomUrl: string;
  initiatedBy: string;
  sealedUserToken: string;
  tokensExpireAt: Date;
  /** The event's facts; the time of the start is added in the database. */
  data: Omit<StoredData<'call.started'>, 'startedAt'>;
  dispatched: boolean;
}

/** The donor's wish for a call that rings from the start. */
export interface NewRing {
  id: string;
  expiresAt: Date;
  /** The event's facts. */
  data: StoredData<'call.requested'>;
  dispatched: boolean;
}

/**
 * Creates a ticket in one statement: a guest's session when one is given, the call when its room needs no network, the
 * request for a call that rings, the ticket with its number, and the first rows of its log.
 */
export async function insertTicket(
  db: Database,
  ticket: NewTicket,
  session: NewSession | { id: string | null; ownerKey: string | null },
  { call, ring }: { call: NewCallColumns | null; ring: NewRing | null },
): Promise<TicketRow> {
  const events = 1 + (call === null ? 0 : 1) + (ring === null ? 0 : 1);
  const rows = await db.query<TicketRow>(Prisma.sql`
    WITH ${'tokenHash' in session ? sessionCte(ticket, session) : Prisma.empty}
    t AS (
      INSERT INTO tickets (id, donor_id, donor_email, donor_name, donor_role, donor_session_id, owner_key,
                           proven_email, proven_name, subject, description,
                           category, priority, call_requested, call_type, active_call_id, context, last_seq, last_public_seq)
      VALUES (${ticket.id}::uuid, ${ticket.donorId}, ${ticket.donorEmail}, ${ticket.donorName}, ${ticket.donorRole}, ${session.id}::uuid,
              ${'ownerKey' in session ? session.ownerKey : null}, ${ticket.provenEmail}, ${ticket.provenName}, ${ticket.subject}, ${ticket.description},
              ${ticket.category}, ${ticket.priority},
              ${ticket.callType !== null}, ${ticket.callType}, ${call?.id ?? null}::uuid,
              ${JSON.stringify(ticket.context)}::jsonb, ${events}::int, ${events}::int)
      RETURNING *
    ), ${call === null ? Prisma.empty : callCte(ticket, call)}
    ${ring === null ? Prisma.empty : ringCte(ticket, ring, { seq: events, callId: call?.id ?? null })}
    e AS (
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, data, dispatched)
      SELECT t.id, 1, 1, 'ticket.created', ${ticket.actorType}, ${ticket.actorId},
             ${JSON.stringify(ticket.data)}::jsonb || jsonb_build_object('number', t.number), ${ticket.dispatched}
        FROM t
    )
    SELECT ${TICKET_COLUMNS} FROM t`);
  return (rows as [TicketRow])[0];
}

function sessionCte(ticket: NewTicket, session: NewSession): Prisma.Sql {
  return Prisma.sql`
    s AS (
      INSERT INTO donor_sessions (id, donor_id, email, name, token_hash, expires_at)
      VALUES (${session.id}::uuid, ${ticket.donorId}, ${ticket.donorEmail}, ${ticket.donorName}, ${session.tokenHash},
              now() + ${GUEST_IDLE_DAYS}::int * interval '1 day')
    ),`;
}

/** As JavaScript prints a Date. */
const CREATED_AT_ISO = Prisma.raw(
  `to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
);

function callCte(ticket: NewTicket, call: NewCallColumns): Prisma.Sql {
  return Prisma.sql`
    c AS (
      INSERT INTO calls (id, ticket_id, provider, room_name, daily_room_url, call_type, initiated_by, user_token,
                         tokens_expire_at)
      SELECT ${call.id}::uuid, t.id, ${call.provider}, ${call.roomName}, ${call.dailyRoomUrl}, ${ticket.callType},
             ${call.initiatedBy}, ${call.sealedUserToken}, ${call.tokensExpireAt}
        FROM t
    ), ce AS (
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, call_id, data, dispatched)
      SELECT t.id, 2, 2, 'call.started', ${ticket.actorType}, ${ticket.actorId}, ${call.id}::uuid,
             ${JSON.stringify(call.data)}::jsonb || jsonb_build_object('startedAt', ${CREATED_AT_ISO}), ${call.dispatched}
        FROM t
    ),`;
}

function ringCte(
  ticket: NewTicket,
  ring: NewRing,
  place: { seq: number; callId: string | null },
): Prisma.Sql {
  return Prisma.sql`
    r AS (
      INSERT INTO call_requests (id, ticket_id, mode, call_id, expires_at)
      SELECT ${ring.id}::uuid, t.id, ${ticket.callType}, ${place.callId}::uuid, ${ring.expiresAt} FROM t
    ), re AS (
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, call_id, data, dispatched)
      SELECT t.id, ${place.seq}::int, ${place.seq}::int, 'call.requested', ${ticket.actorType}, ${ticket.actorId},
             ${place.callId}::uuid, ${JSON.stringify(ring.data)}::jsonb, ${ring.dispatched}
        FROM t
    ),`;
}

/** Which tickets; undefined means any. */
export interface TicketFilter {
  status?: string[] | undefined;
  priority?: string | undefined;
  category?: string | undefined;
  team?: string | undefined;
  tag?: string | undefined;
  /** A number, or 'none' for tickets that nobody owns. */
  adminId?: number | 'none' | undefined;
  donorId?: string | undefined;
  donorSessionId?: string | undefined;
  ownerKey?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Owes a callback that is due before then. */
  callbackBefore?: Date | 'ever' | undefined;
  q?: string | undefined;
  /** False for donors: their search must not find staff's notes. */
  searchNotes: boolean;
}

/** By callbackDueAt only what owes a callback is sorted. */
export type TicketSort = 'updatedAt' | '-updatedAt' | 'createdAt' | '-createdAt' | 'callbackDueAt';

const SORT_COLUMNS: Record<TicketSort, string> = {
  updatedAt: 't.updated_at',
  '-updatedAt': 't.updated_at',
  createdAt: 't.created_at',
  '-createdAt': 't.created_at',
  callbackDueAt: 't.callback_due_at',
};

export interface TicketPage {
  sort: TicketSort;
  limit: number;
  offset: number;
  after: { at: Date; id: string } | null;
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

function conditions(filter: TicketFilter): Prisma.Sql[] {
  const all: Prisma.Sql[] = [];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) all.push(Prisma.sql`${Prisma.raw(`t.${column}`)} = ${value}`);
  };
  const { status } = filter;
  if (status?.length === 1) equal('status', status[0]);
  else if (status !== undefined) all.push(Prisma.sql`t.status = ANY(${status}::text[])`);
  equal('priority', filter.priority);
  equal('category', filter.category);
  equal('team', filter.team);
  equal('donor_id', filter.donorId);
  if (filter.donorSessionId !== undefined)
    all.push(Prisma.sql`t.donor_session_id = ${filter.donorSessionId}::uuid`);
  if (filter.ownerKey !== undefined) all.push(ownedBy(filter.ownerKey));
  if (filter.tag !== undefined) all.push(Prisma.sql`t.tags @> ARRAY[${filter.tag}]::text[]`);
  if (filter.adminId === 'none') all.push(Prisma.sql`t.admin_id IS NULL`);
  else if (filter.adminId !== undefined) all.push(Prisma.sql`t.admin_id = ${filter.adminId}::int`);
  if (filter.from !== undefined) all.push(Prisma.sql`t.created_at >= ${filter.from}`);
  if (filter.to !== undefined) all.push(Prisma.sql`t.created_at < ${filter.to}`);
  if (filter.callbackBefore === 'ever') all.push(Prisma.sql`t.callback_due_at IS NOT NULL`);
  else if (filter.callbackBefore !== undefined)
    all.push(Prisma.sql`t.callback_due_at <= ${filter.callbackBefore}`);
  if (filter.q !== undefined)
    all.push(filter.searchNotes ? searchClause(filter.q) : ownSearchClause(filter.q));
  return all;
}

const planned = ({ q }: TicketFilter): Prisma.Sql => (q === undefined ? Prisma.empty : SEARCHING);

const where = (all: Prisma.Sql[]): Prisma.Sql =>
  all.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(all, ' AND ')}`;

/** One page, newest first unless sorted otherwise; keyset by row comparison, which the index answers directly. */
export function listTickets(
  db: Database,
  filter: TicketFilter,
  page: TicketPage,
): Promise<TicketWithOwner[]> {
  const column = Prisma.raw(SORT_COLUMNS[page.sort]);
  const descending = page.sort.startsWith('-');
  const direction = Prisma.raw(descending ? 'DESC' : 'ASC');
  const beyond = Prisma.raw(descending ? '<' : '>');
  const all = conditions(filter);
  if (page.after !== null) {
    all.push(Prisma.sql`(${column}, t.id) ${beyond} (${page.after.at}, ${page.after.id}::uuid)`);
  }
  return db.query(Prisma.sql`
    ${planned(filter)} SELECT ${TICKET_COLUMNS}, ${OWNER}
      FROM tickets t LEFT JOIN users u ON u.id = t.admin_id
      ${where(all)}
     ORDER BY ${column} ${direction}, t.id ${direction}
     LIMIT ${page.limit}::int OFFSET ${page.offset}::int`);
}

/** Totals of lists are exact up to here; above, the header says that it is an estimate. */
export const COUNT_BOUND = 10_000;

/** How many match, counted up to `bound`. */
export async function countTickets(db: Database, filter: TicketFilter, bound: number): Promise<number> {
  const rows = await db.query<{ count: number }>(Prisma.sql`
    ${planned(filter)} SELECT count(*)::int AS count FROM (SELECT 1 FROM tickets t ${where(conditions(filter))} LIMIT ${bound}::int) AS bounded`);
  return (rows as [{ count: number }])[0].count;
}

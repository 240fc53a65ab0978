import type { TicketStatus } from '../../../contract/ticket-status.js';
import type { Database } from '../../../platform/database/database.service.js';
import { Prisma } from '../../../platform/database/generated/client.js';
import type { TicketWithOwner } from '../../event-log/rows.js';
import { TICKET_COLUMNS } from '../../event-log/ticket.columns.js';
import { OWNER } from '../tickets.queries.js';
import { QUEUE_ORDER, queueSlice } from './ticket-queue.queries.js';

/** The columns of the board, in order. */
const BOARD_STATUSES = [
  'new',
  'pending',
  'waiting_for_donor',
  'active_call',
  'transferred',
] as const satisfies TicketStatus[];

/** Where staff take the next ticket from. */
const QUEUES: ReadonlySet<TicketStatus> = new Set(['new', 'pending']);

type BoardStatus = (typeof BOARD_STATUSES)[number];

const ALL = Prisma.raw('*');
const NEWEST_FIRST = Prisma.raw('ORDER BY updated_at DESC, id DESC');

/** One query for all groups. Each status is spelt out: with a parameter PostgreSQL would guess how many there are. */
const eachStatus = (query: (status: Prisma.Sql, name: BoardStatus) => Prisma.Sql): Prisma.Sql =>
  Prisma.join(
    BOARD_STATUSES.map((name) => Prisma.sql`(${query(Prisma.raw(`'${name}'`), name)})`),
    ' UNION ALL ',
  );

/** Newest of one status that this person may see; two index walks instead of one OR that filters. */
function visible(columns: Prisma.Sql, status: Prisma.Sql, adminId: number | null, bound: number): Prisma.Sql {
  const newest = Prisma.sql`${NEWEST_FIRST} LIMIT ${bound}::int`;
  if (adminId === null) return Prisma.sql`SELECT ${columns} FROM tickets WHERE status = ${status} ${newest}`;
  return Prisma.sql`
    (SELECT ${columns} FROM tickets WHERE status = ${status} AND admin_id = ${adminId}::int ${newest})
    UNION ALL
    (SELECT ${columns} FROM tickets WHERE status = ${status} AND admin_id IS NULL ${newest})`;
}

/** The first of one column, with `place` in it. */
function column(
  group: { name: BoardStatus; status: Prisma.Sql },
  adminId: number | null,
  perGroup: number,
): Prisma.Sql {
  const isQueue = QUEUES.has(group.name);
  const tickets = isQueue ? queue(group, adminId, perGroup) : visible(ALL, group.status, adminId, perGroup);
  const order = isQueue ? QUEUE_ORDER : NEWEST_FIRST;
  return Prisma.sql`SELECT t.*, row_number() OVER (${order}) AS place FROM (${tickets}) AS t ORDER BY place LIMIT ${perGroup}::int`;
}

/** Who waits in one status, of those that this person may see. A pending ticket always has an owner. */
function queue(
  { name, status }: { name: BoardStatus; status: Prisma.Sql },
  adminId: number | null,
  limit: number,
): Prisma.Sql {
  const ofStatus = Prisma.sql`t.status = ${status}`;
  if (adminId === null) return queueSlice({ conditions: [ofStatus], limit });
  const isOwn = Prisma.sql`t.admin_id = ${adminId}::int`;
  const own = queueSlice({ conditions: [ofStatus, isOwn], limit, areFew: true });
  if (name === 'pending') return own;
  return Prisma.sql`${own} UNION ALL ${queueSlice({ conditions: [ofStatus, Prisma.sql`t.admin_id IS NULL`], limit })}`;
}

/**
 * The first `perGroup` tickets of each open status: new and pending ones as a queue, the others newest first. `adminId` null sees all,
 * else own and unassigned.
 */
export function boardTickets(
  db: Database,
  adminId: number | null,
  perGroup: number,
): Promise<TicketWithOwner[]> {
  const groups = eachStatus((status, name) => column({ name, status }, adminId, perGroup));
  return db.query(Prisma.sql`
    SELECT ${TICKET_COLUMNS}, ${OWNER}
      FROM (${groups}) AS t LEFT JOIN users u ON u.id = t.admin_id
     ORDER BY t.place`);
}

export interface BoardCount {
  status: BoardStatus;
  total: number;
  unassigned: number;
}

/** How many of each status, counted up to `bound`. */
export function boardCounts(db: Database, adminId: number | null, bound: number): Promise<BoardCount[]> {
  const columns = Prisma.raw('updated_at, id');
  return db.query(
    eachStatus(
      (status) => Prisma.sql`
        SELECT ${status} AS status,
               (SELECT count(*)::int FROM (${visible(columns, status, adminId, bound)}) AS a) AS total,
               (SELECT count(*)::int FROM (SELECT FROM tickets WHERE status = ${status} AND admin_id IS NULL ${NEWEST_FIRST} LIMIT ${bound}::int) AS b) AS unassigned`,
    ),
  );
}

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

/** Whose tickets the board shows: all, or one person's own ones with or without those that nobody owns. */
export type BoardScope = 'all' | { own: number; withUnassigned: boolean };

const UNASSIGNED = Prisma.sql`t.admin_id IS NULL`;
const ownedBy = (id: number): Prisma.Sql => Prisma.sql`t.admin_id = ${id}::int`;

/** Newest of one status that this person may see; two index walks instead of one OR that filters. */
function visible(columns: Prisma.Sql, status: Prisma.Sql, scope: BoardScope, bound: number): Prisma.Sql {
  const walk = (whose: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`(SELECT ${columns} FROM tickets t WHERE status = ${status} ${whose} ${NEWEST_FIRST} LIMIT ${bound}::int)`;
  if (scope === 'all') return walk(Prisma.empty);
  const own = walk(Prisma.sql`AND ${ownedBy(scope.own)}`);
  return scope.withUnassigned ? Prisma.sql`${own} UNION ALL ${walk(Prisma.sql`AND ${UNASSIGNED}`)}` : own;
}

/** The first of one column, with `place` in it. */
function column(
  group: { name: BoardStatus; status: Prisma.Sql },
  scope: BoardScope,
  perGroup: number,
): Prisma.Sql {
  const isQueue = QUEUES.has(group.name);
  const tickets = isQueue ? queue(group, scope, perGroup) : visible(ALL, group.status, scope, perGroup);
  const order = isQueue ? QUEUE_ORDER : NEWEST_FIRST;
  return Prisma.sql`SELECT t.*, row_number() OVER (${order}) AS place FROM (${tickets}) AS t ORDER BY place LIMIT ${perGroup}::int`;
}

/** Who waits in one status, of those that this person may see. A pending ticket always has an owner. */
function queue(
  { name, status }: { name: BoardStatus; status: Prisma.Sql },
  scope: BoardScope,
  limit: number,
): Prisma.Sql {
  const ofStatus = Prisma.sql`t.status = ${status}`;
  if (scope === 'all') return queueSlice({ conditions: [ofStatus], limit });
  const own = queueSlice({ conditions: [ofStatus, ownedBy(scope.own)], limit, areFew: true });
  if (name === 'pending' || !scope.withUnassigned) return own;
  return Prisma.sql`${own} UNION ALL ${queueSlice({ conditions: [ofStatus, UNASSIGNED], limit })}`;
}

/** The first `perGroup` tickets of each open status: new and pending ones as a queue, the others newest first. */
export function boardTickets(db: Database, scope: BoardScope, perGroup: number): Promise<TicketWithOwner[]> {
  const groups = eachStatus((status, name) => column({ name, status }, scope, perGroup));
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
export function boardCounts(db: Database, scope: BoardScope, bound: number): Promise<BoardCount[]> {
  const columns = Prisma.raw('updated_at, id');
  const unassigned = (status: Prisma.Sql): Prisma.Sql =>
    scope === 'all' || scope.withUnassigned
      ? Prisma.sql`(SELECT count(*)::int FROM (SELECT FROM tickets t WHERE status = ${status} AND ${UNASSIGNED} ${NEWEST_FIRST} LIMIT ${bound}::int) AS b)`
      : Prisma.sql`0`;
  return db.query(
    eachStatus(
      (status) => Prisma.sql`
        SELECT ${status} AS status,
               (SELECT count(*)::int FROM (${visible(columns, status, scope, bound)}) AS a) AS total,
               ${unassigned(status)} AS unassigned`,
    ),
  );
}

import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { TicketStatus } from '../../contract/ticket-status.js';
import { OWNER, TICKET_COLUMNS, type TicketWithOwner } from './tickets.queries.js';

/** The columns of the board, in order. */
export const BOARD_STATUSES = [
  'new',
  'pending',
  'waiting_for_donor',
  'active_call',
  'transferred',
] as const satisfies TicketStatus[];

const STATUSES = Prisma.raw(`unnest(ARRAY['new','pending','waiting_for_donor','active_call','transferred'])`);

/** Newest of one status that this person may see; two index walks instead of one OR that filters. */
function visible(columns: Prisma.Sql, adminId: number | null, bound: number): Prisma.Sql {
  const order = Prisma.sql`ORDER BY t.updated_at DESC, t.id DESC LIMIT ${bound}::int`;
  if (adminId === null)
    return Prisma.sql`SELECT ${columns} FROM tickets t WHERE t.status = s.status ${order}`;
  return Prisma.sql`
    (SELECT ${columns} FROM tickets t WHERE t.status = s.status AND t.admin_id = ${adminId}::int ${order})
    UNION ALL
    (SELECT ${columns} FROM tickets t WHERE t.status = s.status AND t.admin_id IS NULL ${order})`;
}

/** The newest `perGroup` tickets of each open status, newest first; `adminId` null sees all, else own and unassigned. */
export function boardTickets(
  db: Database,
  adminId: number | null,
  perGroup: number,
): Promise<TicketWithOwner[]> {
  return db.query(Prisma.sql`
    SELECT ${TICKET_COLUMNS}, ${OWNER}
      FROM ${STATUSES} AS s(status)
     CROSS JOIN LATERAL (
       SELECT * FROM (${visible(Prisma.raw('t.*'), adminId, perGroup)}) AS g ORDER BY g.updated_at DESC, g.id DESC LIMIT ${perGroup}::int
     ) AS t
      LEFT JOIN users u ON u.id = t.admin_id
     ORDER BY t.updated_at DESC, t.id DESC`);
}

export interface BoardCount {
  status: (typeof BOARD_STATUSES)[number];
  total: number;
  unassigned: number;
}

/** How many of each status, counted up to `bound`. */
export function boardCounts(db: Database, adminId: number | null, bound: number): Promise<BoardCount[]> {
  return db.query(Prisma.sql`
    SELECT s.status,
           (SELECT count(*)::int FROM (${visible(Prisma.raw('1 AS one, t.updated_at, t.id'), adminId, bound)}) AS a) AS total,
           (SELECT count(*)::int FROM (SELECT 1 FROM tickets t WHERE t.status = s.status AND t.admin_id IS NULL LIMIT ${bound}::int) AS b) AS unassigned
      FROM ${STATUSES} AS s(status)`);
}

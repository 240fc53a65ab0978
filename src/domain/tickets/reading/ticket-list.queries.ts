import type { Database } from '../../../platform/database/database.service.js';
import { Prisma } from '../../../platform/database/generated/client.js';
import type { TicketWithOwner } from '../../event-log/rows.js';
import { TICKET_COLUMNS } from '../../event-log/ticket.columns.js';
import { OWNER, ownedBy } from '../tickets.queries.js';
import { QUEUE_ORDER, queueSlice, type QueuePlace } from './ticket-queue.queries.js';
import { ownSearchClause, SEARCHING, searchClause } from './ticket-search.queries.js';

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
type ColumnSort = 'updatedAt' | '-updatedAt' | 'createdAt' | '-createdAt' | 'callbackDueAt';
export type TicketSort = ColumnSort | 'queue';

const SORT_COLUMNS: Record<ColumnSort, string> = {
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
  after: QueuePlace | null;
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
  const { sort } = page;
  if (sort === 'queue') return listQueue(db, filter, page);
  const column = Prisma.raw(SORT_COLUMNS[sort]);
  const descending = sort.startsWith('-');
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

function listQueue(db: Database, filter: TicketFilter, page: TicketPage): Promise<TicketWithOwner[]> {
  const { limit, offset, after } = page;
  const slice = queueSlice({ conditions: conditions(filter), limit: offset + limit, after });
  return db.query(Prisma.sql`
    ${planned(filter)} SELECT ${TICKET_COLUMNS}, ${OWNER}
      FROM (${slice}) AS t LEFT JOIN users u ON u.id = t.admin_id
     ${QUEUE_ORDER}
     LIMIT ${limit}::int OFFSET ${offset}::int`);
}

/** Totals of lists are exact up to here; above, the header says that it is an estimate. */
export const COUNT_BOUND = 10_000;

/** How many match, counted up to `bound`. */
export async function countTickets(db: Database, filter: TicketFilter, bound: number): Promise<number> {
  const rows = await db.query<{ count: number }>(Prisma.sql`
    ${planned(filter)} SELECT count(*)::int AS count FROM (SELECT 1 FROM tickets t ${where(conditions(filter))} LIMIT ${bound}::int) AS bounded`);
  return (rows as [{ count: number }])[0].count;
}

import type { Priority } from '../../../contract/ticket-fields.js';
import { Prisma } from '../../../platform/database/generated/client.js';
import type { TicketRow } from '../../event-log/rows.js';

/** The most urgent first. The indexes tickets_queue and tickets_queue_of_status have the same expression. */
const URGENCY = Prisma.raw(
  `(CASE t.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END)`,
);
const RANKS: Readonly<Record<Priority, number>> = { urgent: 0, high: 1, medium: 2, low: 3 };

/** Waiting tickets by urgency, then by who waits longest; tickets with nobody waiting come after them, the last changed first. */
export const QUEUE_ORDER = Prisma.sql`ORDER BY t.waiting_since IS NULL, CASE WHEN t.waiting_since IS NOT NULL THEN ${URGENCY} END,
  t.waiting_since, CASE WHEN t.waiting_since IS NULL THEN t.updated_at END DESC, CASE WHEN t.waiting_since IS NULL THEN t.id END DESC, t.id`;

/** Where a page of the queue ended; `rank` is missing where nobody waits. */
export interface QueuePlace {
  at: Date;
  id: string;
  rank?: number;
}

export function queuePlaceOf({ id, priority, updatedAt, waitingSince }: TicketRow): QueuePlace {
  return waitingSince === null ? { at: updatedAt, id } : { at: waitingSince, id, rank: RANKS[priority] };
}

/** Which part of the queue. */
interface QueueSlice {
  conditions: readonly Prisma.Sql[];
  limit: number;
  /** Leaves out what stands before it. */
  after?: QueuePlace | null;
  /** The conditions leave a person's few: PostgreSQL finds those first, rather than to walk everybody's queue for them. */
  areFew?: boolean;
}

/** The first of the queue, `limit` at most: who waits, and then the others as far as there is room for them. */
export function queueSlice(slice: QueueSlice): Prisma.Sql {
  const { limit, after = null } = slice;
  if (after !== null && after.rank === undefined) return others(slice, Prisma.sql`${limit}::int`);
  return Prisma.sql`
    (WITH waiting AS MATERIALIZED (${waiting(slice)})
     SELECT * FROM waiting UNION ALL ${others(slice, Prisma.sql`${limit}::int - (SELECT count(*) FROM waiting)`)})`;
}

function waiting({ conditions, limit, after = null, areFew = false }: QueueSlice): Prisma.Sql {
  const beyond =
    after === null
      ? Prisma.empty
      : Prisma.sql`AND (${URGENCY}, t.waiting_since, t.id) > (${after.rank}::int, ${after.at}, ${after.id}::uuid)`;
  const isWaiting = Prisma.sql`t.waiting_since IS NOT NULL ${beyond}`;
  const source = areFew
    ? Prisma.sql`(SELECT t.* FROM tickets t WHERE ${Prisma.join([...conditions], ' AND ')} OFFSET 0) AS t WHERE ${isWaiting}`
    : Prisma.sql`tickets t ${where(conditions)} ${isWaiting}`;
  return Prisma.sql`SELECT t.* FROM ${source} ORDER BY ${URGENCY}, t.waiting_since, t.id LIMIT ${limit}::int`;
}

function others({ conditions, after = null }: QueueSlice, limit: Prisma.Sql): Prisma.Sql {
  const beyond =
    after !== null && after.rank === undefined
      ? Prisma.sql`AND (t.updated_at, t.id) < (${after.at}, ${after.id}::uuid)`
      : Prisma.empty;
  return Prisma.sql`
    (SELECT t.* FROM tickets t ${where(conditions)} t.waiting_since IS NULL ${beyond}
      ORDER BY t.updated_at DESC, t.id DESC LIMIT ${limit})`;
}

const where = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0
    ? Prisma.sql`WHERE`
    : Prisma.sql`WHERE ${Prisma.join([...conditions], ' AND ')} AND`;

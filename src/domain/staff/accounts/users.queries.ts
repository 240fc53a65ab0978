import { OPEN_STATUSES } from '../../../contract/ticket-status.js';
import type { Database } from '../../../platform/database/database.service.js';
import { Prisma } from '../../../platform/database/generated/client.js';

/** How many open tickets each of these members of staff owns; who owns none is missing. */
export async function openTicketsOf(
  database: Database,
  ids: readonly number[],
): Promise<Map<number, number>> {
  const rows = await database.query<{ id: number; count: number }>(Prisma.sql`
    SELECT admin_id AS id, count(*)::int AS count FROM tickets
    WHERE admin_id = ANY(${ids}::int[]) AND status = ANY(${OPEN_STATUSES}::text[]) GROUP BY admin_id`);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

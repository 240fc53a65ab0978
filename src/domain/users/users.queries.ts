import { OPEN_STATUSES } from '../../contract/ticket-status.js';
import type { Database } from '../../platform/database/database.service.js';
import { Prisma, type User } from '../../platform/database/generated/client.js';

type Tx = Prisma.TransactionClient;

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

/**
 * Locks somebody's row together with those of all active super admins, in one order, until the transaction ends: who decides
 * about them at the same time waits and sees the outcome. Gives the person as they then are, and the super admins' ids.
 */
export async function lockForDecision(
  tx: Tx,
  id: number,
): Promise<{ user: User | null; superAdmins: number[] }> {
  await tx.$executeRaw`
    SELECT 1 FROM users WHERE id = ${id} OR (role = 'SUPER_ADMIN' AND is_active) ORDER BY id FOR NO KEY UPDATE`;
  const rows = await tx.user.findMany({
    where: { role: 'SUPER_ADMIN', isActive: true },
    select: { id: true },
  });
  return { user: await tx.user.findUnique({ where: { id } }), superAdmins: rows.map((row) => row.id) };
}

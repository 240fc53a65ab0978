import { Prisma } from '../../platform/database/generated/client.js';
import type { Database } from '../../platform/database/database.service.js';

/** Resolved tickets that nobody has come back to since `before`, the oldest first. */
export function ticketsToClose(database: Database, before: Date, limit: number): Promise<{ id: string }[]> {
  return database.query(Prisma.sql`
    SELECT id FROM tickets WHERE status = 'resolved' AND resolved_at < ${before} ORDER BY resolved_at LIMIT ${limit}::int`);
}

/** Tickets that ended before `before`, the oldest first. */
export function ticketsToDelete(database: Database, before: Date, limit: number): Promise<{ id: string }[]> {
  return database.query(Prisma.sql`
    SELECT id FROM tickets WHERE status IN ('closed', 'cancelled') AND closed_at < ${before} ORDER BY closed_at LIMIT ${limit}::int`);
}

import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';

/** Open calls that a donor started before `before`, rang for, and that no staff have entered. */
export function unansweredCalls(
  db: Database,
  before: Date,
  limit: number,
): Promise<{ id: string; ticketId: string }[]> {
  return db.query(Prisma.sql`
    SELECT c.id, c.ticket_id AS "ticketId" FROM calls c
     WHERE c.status = 'active' AND c.initiated_by = 'donor' AND c.started_at <= ${before}
       AND EXISTS (SELECT 1 FROM call_requests r WHERE r.ticket_id = c.ticket_id AND r.call_id = c.id)
       AND NOT EXISTS (
         SELECT 1 FROM call_requests r WHERE r.ticket_id = c.ticket_id AND r.call_id = c.id AND r.status = 'ACCEPTED')
     LIMIT ${limit}::int`);
}

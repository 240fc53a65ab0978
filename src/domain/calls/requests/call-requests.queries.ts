import type { Database } from '../../../platform/database/database.service.js';
import { Prisma } from '../../../platform/database/generated/client.js';

export interface CallOfTicket {
  id: string;
  ticketId: string;
}

/** Open calls that a donor started before `before`, rang for, and that no staff have entered. */
export function unansweredCalls(db: Database, before: Date, limit: number): Promise<CallOfTicket[]> {
  return db.query(Prisma.sql`
    SELECT c.id, c.ticket_id AS "ticketId" FROM calls c
     WHERE c.status = 'active' AND c.initiated_by = 'donor' AND c.started_at <= ${before}
       AND EXISTS (SELECT 1 FROM call_requests r WHERE r.ticket_id = c.ticket_id AND r.call_id = c.id)
       AND NOT EXISTS (
         SELECT 1 FROM call_requests r WHERE r.ticket_id = c.ticket_id AND r.call_id = c.id AND r.status = 'ACCEPTED')
     LIMIT ${limit}::int`);
}

/** Open calls that one side has left before `before`. One that still rings stays open: the donor wants to be reached. */
export function abandonedCalls(db: Database, before: Date, limit: number): Promise<CallOfTicket[]> {
  return db.query(Prisma.sql`
    SELECT c.id, c.ticket_id AS "ticketId" FROM calls c
     WHERE c.status = 'active' AND (c.donor_left_at <= ${before} OR c.staff_left_at <= ${before})
       AND NOT EXISTS (
         SELECT 1 FROM call_requests r WHERE r.ticket_id = c.ticket_id AND r.call_id = c.id AND r.status = 'PENDING')
     LIMIT ${limit}::int`);
}

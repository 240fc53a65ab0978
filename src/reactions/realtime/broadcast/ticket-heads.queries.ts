import type { Database } from '../../../platform/database/database.service.js';

/** How far a ticket's two streams reach. */
export interface TicketHead {
  id: string;
  lastSeq: number;
  lastPublicSeq: number;
}

export function readHeads(database: Database, ticketIds: readonly string[]): Promise<TicketHead[]> {
  return database.$queryRaw<TicketHead[]>`
    SELECT id, last_seq AS "lastSeq", last_public_seq AS "lastPublicSeq"
      FROM tickets WHERE id = ANY(${ticketIds}::uuid[])`;
}

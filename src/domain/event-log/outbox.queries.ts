import { Prisma } from '../../platform/database/generated/client.js';
import type { DurableEvent } from './durable-reactions.js';
import type { SqlRunner } from './timeline.queries.js';

const FACTS = Prisma.raw(`ticket_id AS "ticketId", seq, type, actor_type AS "actorType",
  CASE actor_type WHEN 'admin' THEN actor_id END AS "actorId",
  message_id AS "messageId", call_id AS "callId", data`);

/** What is undispatched of one ticket; waits for a node that is relaying it. */
export function claimUndispatchedOf(tx: SqlRunner, ticketId: string): Promise<DurableEvent[]> {
  return tx.$queryRaw<DurableEvent[]>`
    SELECT ${FACTS} FROM ticket_events WHERE ticket_id = ${ticketId}::uuid AND NOT dispatched ORDER BY seq FOR UPDATE`;
}

/** The oldest undispatched events that no other node is relaying; locked until the transaction ends. */
export function claimUndispatched(tx: SqlRunner, limit: number): Promise<DurableEvent[]> {
  return tx.$queryRaw<DurableEvent[]>`
    SELECT ${FACTS}
      FROM ticket_events
     WHERE NOT dispatched
     ORDER BY created_at
     LIMIT ${limit}::int
       FOR UPDATE SKIP LOCKED`;
}

/** How many events wait to be relayed, of tickets and of other streams, and for how many seconds the oldest has. */
export async function outboxBacklog(db: SqlRunner): Promise<{ waiting: number; lag: number }> {
  const [row] = await db.$queryRaw<[{ waiting: number; lag: number }]>`
    SELECT count(*)::int AS waiting,
           coalesce(greatest(0, extract(epoch FROM now() - min(created_at))), 0)::float AS lag
      FROM (SELECT created_at FROM ticket_events WHERE NOT dispatched UNION ALL SELECT created_at FROM outbox) AS waiting`;
  return row;
}

export async function markDispatched(
  tx: SqlRunner,
  events: readonly Pick<DurableEvent, 'ticketId' | 'seq'>[],
): Promise<void> {
  const keys = events.map(({ ticketId, seq }) => ({ ticket_id: ticketId, seq }));
  await tx.$executeRaw`
    UPDATE ticket_events e SET dispatched = true
      FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k (ticket_id uuid, seq int)
     WHERE e.ticket_id = k.ticket_id AND e.seq = k.seq`;
}

import { Prisma } from '../../platform/database/generated/client.js';
import type { StreamEvent, StreamEventOf, StreamEventType } from './stream-event.js';

type SqlRunner = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;

/** A stored event; `key` is unique, also among events of earlier rows. */
export type StoredStreamEvent = StreamEvent & { key: string };

/** Writes an event beside the change that it tells of. */
export async function writeStreamEvent(
  tx: SqlRunner,
  { streamType, streamId, type }: StreamEvent,
): Promise<void> {
  await tx.$executeRaw(insertStreamEvents(streamType, type, Prisma.sql`SELECT ${streamId}`));
}

/** The same within a statement: one event for each id that `ids` selects. */
export function insertStreamEvents<T extends StreamEventType>(
  streamType: StreamEventOf<T>['streamType'],
  type: T,
  ids: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO outbox (stream_type, stream_id, type) SELECT ${streamType}, ids.id::text, ${type} FROM (${ids}) AS ids (id)`;
}

/** Takes the oldest events that no other node is taking; they are back if the transaction fails. */
export function takeStreamEvents(tx: SqlRunner, limit: number): Promise<StoredStreamEvent[]> {
  return tx.$queryRaw<StoredStreamEvent[]>`
    DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
    RETURNING stream_type AS "streamType", stream_id AS "streamId", type, id::text AS key`;
}

import { Injectable } from '@nestjs/common';
import type { CatchUp } from '../../contract/events/event-payload.js';
import { Database } from '../../platform/database/database.service.js';
import { toEventPayload, type Audience } from './event-payload.js';
import { fromRecord } from './event-record.js';
import type { TicketEvent } from './ticket-event.js';
import { readEvents, type LoggedRow } from './timeline.queries.js';

/** A client further behind than this is told to start from a fresh snapshot. */
const MAX_CATCH_UP = 1_000;

function toTicketEvent(ticketId: string, row: LoggedRow): TicketEvent {
  const name = row.actorName === null ? {} : { name: row.actorName };
  const actor = {
    type: row.actorType,
    id: row.actorId,
    ...name,
    ...(row.actorType === 'admin' && { avatar: row.actorAvatar }),
    ...(row.actorVia !== null && { via: row.actorVia }),
  };
  return fromRecord({ ticketId, seq: row.seq, publicSeq: row.publicSeq, at: row.createdAt, actor }, row);
}

/** Reads the log for those who follow it. Who may read which ticket is the caller's question. */
@Injectable()
export class Timeline {
  constructor(private readonly database: Database) {}

  /**
   * The events after `after` of one stream, oldest first, at most `limit` (≤ 1,000); `seq` is the head of the stream
   * that the answer brings the reader to.
   */
  async catchUp(
    ticket: { id: string; lastSeq: number; lastPublicSeq: number },
    audience: Audience,
    after: number,
    limit = MAX_CATCH_UP,
  ): Promise<CatchUp> {
    const head = audience === 'staff' ? ticket.lastSeq : ticket.lastPublicSeq;
    if (head - after > MAX_CATCH_UP || after > head) return { events: [], seq: head, reset: true };
    const rows = await readEvents(this.database, ticket.id, audience, after, limit);
    const events = rows.flatMap((row) => toEventPayload(toTicketEvent(ticket.id, row), audience) ?? []);
    return { events, seq: events.at(-1)?.seq ?? Math.max(after, head) };
  }
}
